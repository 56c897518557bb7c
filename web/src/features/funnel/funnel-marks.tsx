import type { EvidenceTier } from '../../components/evidence-badge.tsx';
import styles from './funnel-plot.module.css';
import { halfOf, outlineOf, radiusOf } from './mark-shapes.ts';
import { type Spot, TIERS } from './spots.ts';
import type { Place } from './walk.ts';

type FunnelMarksProps = {
  spots: readonly Spot[];
  places: readonly Place[];
  /** Of the mark of one tutor, in pixels. */
  radius: number;
};

/** A path a tier, however many tutors: thousands of elements would be felt. */
export function FunnelMarks(props: FunnelMarksProps) {
  return TIERS.map((tier) => <TierMarks key={tier} tier={tier} {...props} />);
}

function TierMarks({ tier, spots, places, radius }: FunnelMarksProps & { tier: EvidenceTier }) {
  const drawn = (shape: (place: Place, size: number) => string) =>
    spots
      .map((spot, index) => {
        const place = places[index];
        return spot.evidence === tier && place !== undefined ? shape(place, radiusOf(spot.tutors.length, radius)) : '';
      })
      .join('');
  return (
    <g className={styles[tier]} data-tier={tier}>
      <path d={drawn((place, size) => outlineOf(tier, place, size))} />
      {tier === 'watch' && <path className={styles.half} d={drawn(halfOf)} />}
    </g>
  );
}
