import { formatCounts, formatRate, formatThreshold } from '#contract/format.ts';
import type { TutorRates } from '#contract/tutors.ts';
import { rescheduleRate, type WindowCounts } from '#scoring/reschedule-rate.ts';
import type { ScoreCounts } from '#scoring/risk.ts';
import { WINDOW_DAYS } from '#scoring/window.ts';
import type { OnWire } from '../../api/wire.ts';
import { countsOf } from '../../components/window-counts.ts';

/** The three windows as they stood on one day. */
export type RatePoint = { at: Date; counts: ScoreCounts };

export function pointsOf({ points }: OnWire<TutorRates>): RatePoint[] {
  return points.map((point) => ({ at: new Date(point.at), counts: countsOf(point) }));
}

/** "18.5 %, 5 of 27", or "no sessions". */
export function formatRateAndCounts(counts: WindowCounts): string {
  return counts.sessions === 0 ? formatCounts(counts) : `${formatRate(counts)}, ${formatCounts(counts)}`;
}

/** One day in words: "21 Nov 2026: 7 days 58.3 %, 7 of 12; 30 days …". */
export function describePoint({ at, counts }: RatePoint): string {
  const windows = WINDOW_DAYS.map((days) => `${days} days ${formatRateAndCounts(counts[days])}`);
  return `${formatDay(at)}: ${windows.join('; ')}`;
}

/** The drawing in a sentence or two. */
export function summariseRates(points: readonly RatePoint[], threshold: number): string {
  const last = points.at(-1);
  if (last === undefined || !hasSessions(points)) return 'No sessions in this period.';
  const first = points.find(({ counts }) => counts[30].sessions > 0);
  const way = first === undefined ? '' : ` The 30-day rate started at ${formatRateAndCounts(first.counts[30])}.`;
  return `${describePoint(last)}. The threshold is ${formatThreshold(threshold)}.${way}`;
}

export function hasSessions(points: readonly RatePoint[]): boolean {
  return points.some(({ counts }) => WINDOW_DAYS.some((days) => counts[days].sessions > 0));
}

/** How high the drawing reaches, in percent: above every rate, and far enough above the threshold to see it. */
export function highestRate(points: readonly RatePoint[], threshold: number): number {
  const rates = points.flatMap(({ counts }) => WINDOW_DAYS.map((days) => rescheduleRate(counts[days]) ?? 0));
  return Math.max(1.3 * threshold, 1, ...rates);
}

export function formatDay(date: Date): string {
  return DAY.format(date);
}

const DAY = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });
