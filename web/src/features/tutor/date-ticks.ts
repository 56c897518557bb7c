import type { ScaleTime } from 'd3-scale';

type Tick = { at: number; label: string };
/** An instant, and the day of the business that is told of, such as "2026-10-03". */
type Day = { at: Date; day: string };

/** Days spread evenly over a period, both its ends among them; with the year where the period crosses one. */
export function dateTicks(points: readonly Day[], x: ScaleTime<number, number>, count: number): Tick[] {
  const last = points.length - 1;
  const start = points[0]?.day;
  const end = points[last]?.day;
  if (start === undefined || end === undefined) return [];
  const format = start.slice(0, 4) === end.slice(0, 4) ? DAY : DAY_AND_YEAR;
  const indexes = new Set(Array.from({ length: count }, (_, tick) => Math.round((tick * last) / (count - 1))));
  return points
    .filter((_, index) => indexes.has(index))
    .map(({ at, day }) => ({ at: x(at), label: format.format(new Date(`${day}T00:00:00Z`)) }));
}

const DAY = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });
const DAY_AND_YEAR = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: '2-digit',
  timeZone: 'UTC',
});
