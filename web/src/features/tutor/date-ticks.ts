import type { ScaleTime } from 'd3-scale';

type Tick = { at: number; label: string };

/** Days spread evenly over a period, both its ends among them; with the year where the period crosses one. */
export function dateTicks(points: readonly { at: Date }[], x: ScaleTime<number, number>, count: number): Tick[] {
  const last = points.length - 1;
  const start = points[0]?.at;
  const end = points[last]?.at;
  if (start === undefined || end === undefined) return [];
  const format = start.getFullYear() === end.getFullYear() ? DAY : DAY_AND_YEAR;
  const indexes = new Set(Array.from({ length: count }, (_, tick) => Math.round((tick * last) / (count - 1))));
  return points.filter((_, index) => indexes.has(index)).map(({ at }) => ({ at: x(at), label: format.format(at) }));
}

const DAY = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });
const DAY_AND_YEAR = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: '2-digit' });
