import { scaleLinear, scaleTime } from 'd3-scale';
import { line } from 'd3-shape';
import { formatProbability } from '#contract/format.ts';
import { TIER_LIMITS } from '#scoring/evidence.ts';
import { BottomAxis, LeftAxis } from '../../ui/chart/axis.tsx';
import { Scrubber } from '../../ui/chart/scrubber.tsx';
import { formatCalendarDay } from '../../ui/time.tsx';
import { dateTicks } from './date-ticks.ts';
import { FlagBands } from './flag-bands.tsx';
import { LeftOutStripes } from './left-out-stripes.tsx';
import type { RatePoint } from './rate-series.ts';
import { describeSureness, type Flag } from './sureness.ts';
import styles from './sureness-chart.module.css';

type SurenessChartProps = {
  /** Oldest first. */
  points: readonly RatePoint[];
  flags: readonly Flag[];
  leftOut: readonly { day: string }[];
  width: number;
};

export const SURENESS_HEIGHT = 200;
const NARROW = 480;
const TOP = 24;
const BOTTOM = 28;
const LEFT = 44;
/** From how many per cent on each tier is said. */
const LIMITS = (['confirmed', 'watch'] as const).map((tier) => {
  const { from } = TIER_LIMITS[tier];
  return { percent: 100 * from, words: `${tier} from ${formatProbability(from)}`, look: styles[tier] };
});

/** How likely the true rate was above the threshold, day by day, with what was said then. */
export function SurenessChart({ points, flags, leftOut, width }: SurenessChartProps) {
  const isNarrow = width < NARROW;
  // As wide as the chart of the rates above it, so that days stand below days.
  const right = width - LEFT - (isNarrow ? 36 : 60);
  const bottom = SURENESS_HEIGHT - TOP - BOTTOM;
  const start = points.at(0)?.at ?? new Date(0);
  const x = scaleTime([start, points.at(-1)?.at ?? start], [0, right]);
  const y = scaleLinear([0, 100], [bottom, 0]);
  const path = line<RatePoint>(
    ({ at }) => x(at),
    ({ weighed }) => y(100 * (weighed?.probability ?? 0)),
  ).defined(({ weighed }) => weighed !== null)(points);
  return (
    <Scrubber
      name="How sure we were, day by day"
      width={width}
      height={SURENESS_HEIGHT}
      positions={points.map(({ at }) => LEFT + x(at))}
      stride={7}
      describe={(index) => wordsAt(points, index)}
      readout={(index) => <Readout point={points[index]} />}
    >
      {(looked) => (
        <svg width={width} height={SURENESS_HEIGHT} aria-hidden="true">
          <g transform={`translate(${LEFT} ${TOP})`}>
            <FlagBands flags={flags} x={x} height={bottom} />
            <LeftOutStripes days={leftOut} x={x} height={bottom} />
            <LeftAxis scale={y} unit="%" right={right} />
            <BottomAxis ticks={dateTicks(points, x, isNarrow ? 3 : 5)} top={bottom} />
            {LIMITS.map(({ percent, look }) => (
              <line key={percent} className={look} x1={0} x2={right} y1={y(percent)} y2={y(percent)} />
            ))}
            <path className={styles.line} d={path ?? ''} />
            {LIMITS.map(({ percent, words, look }) => (
              <text key={percent} className={look} x={4} y={y(percent) + 14}>
                {words}
              </text>
            ))}
            <Looked point={looked === null ? undefined : points[looked]} x={x} y={y} bottom={bottom} />
          </g>
        </svg>
      )}
    </Scrubber>
  );
}

type LookedProps = {
  point: RatePoint | undefined;
  x: (at: Date) => number;
  y: (percent: number) => number;
  bottom: number;
};

function Looked({ point, x, y, bottom }: LookedProps) {
  if (point === undefined) return null;
  return (
    <>
      <line className={styles.cursor} x1={x(point.at)} x2={x(point.at)} y1={0} y2={bottom} />
      {point.weighed !== null && (
        <circle className={styles.point} cx={x(point.at)} cy={y(100 * point.weighed.probability)} r={4} />
      )}
    </>
  );
}

function Readout({ point }: { point: RatePoint | undefined }) {
  if (point === undefined) return null;
  return (
    <>
      <div className={styles.day}>{formatCalendarDay(point.day)}</div>
      {point.weighed === null ? 'no sessions' : `${formatProbability(point.weighed.probability)} likely`}
    </>
  );
}

function wordsAt(points: readonly RatePoint[], index: number): string {
  const point = points[index];
  return point === undefined ? '' : describeSureness(point);
}
