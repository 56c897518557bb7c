import { useNavigate } from '@tanstack/react-router';
import { useId } from 'react';
import { paths } from '../../paths.ts';
import { useWidth } from '../../ui/use-width.ts';
import { type Bounds, boundsAround, type FunnelData } from './funnel-data.ts';
import { FunnelKey } from './funnel-key.tsx';
import styles from './funnel-page.module.css';
import { FUNNEL_HEIGHT, FunnelPlot } from './funnel-plot.tsx';
import { changed, type FunnelSearch, NO_BOUNDS } from './funnel-search.ts';
import { type Spot, spotsOf } from './spots.ts';
import { type Limits, summaryOf } from './words.ts';

type FunnelFigureProps = {
  funnel: FunnelData;
  search: FunnelSearch;
  limits: Limits;
};

/** The picture with its question, its answer in words, and what its lines and marks mean; its table stands below it. */
export function FunnelFigure({ funnel, search, limits }: FunnelFigureProps) {
  const id = useId();
  const help = useId();
  const [ref, width] = useWidth<HTMLDivElement>();
  const navigate = useNavigate();
  const spots = spotsOf(funnel.tutors);
  const select = (bounds: Bounds) =>
    void navigate({ to: paths.funnel, search: changed(search, bounds), resetScroll: false });
  const open = (spot: Spot) => {
    const [tutor] = spot.tutors;
    if (tutor === undefined) return;
    if (spot.tutors.length > 1) select(boundsAround(spot));
    else void navigate({ to: paths.tutor, params: { id: tutor.id } });
  };
  return (
    <figure className={styles.card} aria-labelledby={id}>
      <h2 id={id}>Who lies outside of what chance does?</h2>
      <p>{summaryOf(funnel, limits)}</p>
      <div ref={ref} className={styles.drawing} style={{ minHeight: FUNNEL_HEIGHT }}>
        {width > 0 && (
          <FunnelPlot
            {...{ funnel, spots, search, limits, width, help }}
            onOpen={open}
            onSelect={(bounds) => select(bounds ?? NO_BOUNDS)}
          />
        )}
      </div>
      <p id={help} className={`${styles.note} no-print`}>
        Arrow keys walk from place to place, Enter opens who stands there; drag to select several, Escape lets go.
      </p>
      <FunnelKey spots={spots} hasOuter={limits.hasOuter} />
      <p className={styles.note}>{explain(funnel, limits)}</p>
    </figure>
  );
}

/** What the lines say of how tutors differ. */
function explain({ phi, centre, prior }: FunnelData, { hasOuter }: Limits): string {
  if (centre === null) return '';
  const chance =
    'Between the solid lines lie 95 % and 99.8 % of tutors who are all alike; less than one move beyond a line is still within.';
  if (prior.basis === 'no_difference') return `${chance} The data show no difference between tutors.`;
  if (hasOuter) return `${chance} Tutors differ by more than chance: the outer dashed limits allow for that.`;
  return phi === null ? chance : `${chance} These counts show no more difference than chance.`;
}
