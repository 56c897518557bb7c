import { line } from 'd3-shape';
import { rescheduleRate } from '#scoring/reschedule-rate.ts';
import { WINDOW_DAYS, type WindowDays } from '#scoring/window.ts';
import { pushApart } from './push-apart.ts';
import type { Scales } from './rate-scales.ts';
import type { RatePoint } from './rate-series.ts';
import styles from './rates-chart.module.css';

type RateLinesProps = {
  points: readonly RatePoint[];
  scales: Scales;
  /** There is little room for the names of the lines at their ends. */
  isNarrow: boolean;
  /** The day that is looked at. */
  index: number | null;
};

type Dot = { x: number; y: number | null };

const LABEL_HEIGHT = 16;
export const LINE_CLASSES = { 7: styles.week, 30: styles.month, 90: styles.quarter };

/** A line a window, with a gap where the window held no sessions, its name at its end, and a point on the day looked at. */
export function RateLines({ points, scales, isNarrow, index }: RateLinesProps) {
  const series = WINDOW_DAYS.map((days) => ({ days, dots: points.map((point) => dotOf(point, days, scales)) }));
  const [bottom = 0, top = 0] = scales.y.range();
  const [, right = 0] = scales.x.range();
  const ends = series.map(({ dots }) => dots.findLast(({ y }) => y !== null)?.y ?? bottom);
  const at = pushApart(ends, LABEL_HEIGHT, top + LABEL_HEIGHT / 2, bottom - LABEL_HEIGHT / 2);
  const looked = index === null ? undefined : points[index];
  return (
    <>
      {looked !== undefined && (
        <line className={styles.cursor} x1={scales.x(looked.at)} x2={scales.x(looked.at)} y1={top} y2={bottom} />
      )}
      {series.map(({ days, dots }, place) => (
        <g key={days} className={LINE_CLASSES[days]} data-window={days}>
          <path d={path(dots) ?? ''} />
          {dots.filter(standsAlone).map(({ x, y }) => (
            <circle key={x} cx={x} cy={y ?? 0} r={1.5} />
          ))}
          {index !== null && dots[index]?.y != null && <circle cx={dots[index].x} cy={dots[index].y} r={4} />}
          {dots.some(({ y }) => y !== null) && (
            <text x={right + 8} y={at[place]} dy="0.32em">
              {days} {isNarrow ? 'd' : 'days'}
            </text>
          )}
        </g>
      ))}
    </>
  );
}

function dotOf({ at, counts }: RatePoint, days: WindowDays, { x, y }: Scales): Dot {
  const rate = rescheduleRate(counts[days]);
  return { x: x(at), y: rate === null ? null : y(rate) };
}

const path = line<Dot>(
  ({ x }) => x,
  ({ y }) => y ?? 0,
).defined(({ y }) => y !== null);

/** A line of one day has no length, and would not be seen. */
function standsAlone({ y }: Dot, index: number, dots: readonly Dot[]): boolean {
  return y !== null && dots[index - 1]?.y == null && dots[index + 1]?.y == null;
}
