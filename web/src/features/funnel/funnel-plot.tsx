import { type Bounds, type FunnelData, hasBounds } from './funnel-data.ts';
import { FunnelAxes, FunnelLines } from './funnel-lines.tsx';
import { FunnelMarks } from './funnel-marks.tsx';
import styles from './funnel-plot.module.css';
import type { FunnelSearch } from './funnel-search.ts';
import { boundsOf, rectOf, scalesOf } from './scales.ts';
import { SpotReadout } from './spot-readout.tsx';
import { SpotWalker } from './spot-walker.tsx';
import type { Spot } from './spots.ts';
import { describeSpot, type Limits } from './words.ts';

export const FUNNEL_HEIGHT = 420;

const NARROW = 560;
const TOP = 20;
const LEFT = 44;
const BOTTOM = 44;

type FunnelPlotProps = {
  funnel: FunnelData;
  spots: readonly Spot[];
  search: FunnelSearch;
  limits: Limits;
  width: number;
  /** The id of the words that say how it is used. */
  help: string;
  onOpen: (spot: Spot) => void;
  /** `null`: nothing is to be selected any more. */
  onSelect: (bounds: Bounds | null) => void;
};

/** Every tutor as a mark, sessions across, rate upwards, among the limits of chance. */
export function FunnelPlot({ funnel, spots, search, limits, width, help, onOpen, onSelect }: FunnelPlotProps) {
  const isNarrow = width < NARROW;
  const right = width - LEFT - (isNarrow ? 44 : 108);
  const bottom = FUNNEL_HEIGHT - TOP - BOTTOM;
  const scales = scalesOf(spots, funnel.risk_threshold, right, bottom);
  const places = spots.map((spot) => ({ x: scales.x(spot.sessions), y: scales.y(spot.rate) }));
  return (
    <SpotWalker
      name="Tutors by sessions and rate"
      kind="funnel plot"
      help={help}
      width={width}
      height={FUNNEL_HEIGHT}
      origin={{ x: LEFT, y: TOP }}
      area={{ left: 0, right, top: 0, bottom }}
      keys={spots.map(({ key }) => key)}
      places={places}
      first={firstOf(funnel, spots)}
      selected={hasBounds(search) ? rectOf(search, scales) : null}
      describe={(index) => describeAt(spots, index, limits)}
      readout={(index) => <SpotReadout spot={spots[index]} limits={limits} />}
      onOpen={(index) => {
        const spot = spots[index];
        if (spot !== undefined) onOpen(spot);
      }}
      onSelect={(rect) => onSelect(rect === null ? null : boundsOf(rect, scales))}
    >
      <FunnelAxes scales={scales} isNarrow={isNarrow} />
      <FunnelMarks spots={spots} places={places} radius={isNarrow ? 2.5 : 3.5} />
      <FunnelLines funnel={funnel} scales={scales} limits={limits} isNarrow={isNarrow} />
      {spots.length === 0 && (
        <text className={styles.nothing} x={right / 2} y={bottom / 2} textAnchor="middle">
          no sessions in this period
        </text>
      )}
    </SpotWalker>
  );
}

function describeAt(spots: readonly Spot[], index: number, limits: Limits): string {
  const spot = spots[index];
  return spot === undefined ? '' : describeSpot(spot, limits);
}

/** Where the keyboard starts: at the most surprising tutor. */
function firstOf({ tutors: [first] }: FunnelData, spots: readonly Spot[]): number {
  return Math.max(
    0,
    spots.findIndex(({ tutors }) => tutors[0] === first),
  );
}
