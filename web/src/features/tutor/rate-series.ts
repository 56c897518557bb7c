import { trueRateWords } from '#contract/evidence-words.ts';
import { formatCounts, formatEstimate, formatRange, formatRate, formatThreshold } from '#contract/format.ts';
import type { TutorRates } from '#contract/tutor-history.ts';
import { rescheduleRate, type WindowCounts } from '#scoring/reschedule-rate.ts';
import type { ScoreCounts } from '#scoring/risk.ts';
import { DAY_MS, WINDOW_DAYS } from '#scoring/window.ts';
import type { OnWire } from '../../api/wire.ts';
import { countsOf } from '../../components/window-counts.ts';
import { calendarOf, formatCalendarDay } from '../../ui/time.tsx';

/**
 * What follows from 90 days: the rate to expect and where the true one lies with 90 %, per 100 sessions, and how likely
 * that one is above the threshold, 0 to 1.
 */
export type Weighed = { rate: number; lower: number; upper: number; probability: number };

/**
 * The three windows as they stood on one day of the business, such as "2026-10-03", and what followed from the last; `null`
 * while that held no sessions.
 */
export type RatePoint = { at: Date; day: string; counts: ScoreCounts; weighed: Weighed | null };

export function pointsOf({ as_of, points }: OnWire<TutorRates>, zone: string): RatePoint[] {
  // The midnight that ends a day belongs to it: what is shown lies before it.
  const lastDay = Date.parse(calendarOf(zone)(new Date(Date.parse(as_of) - 1)));
  return points.map((point, index) => ({
    at: new Date(point.at),
    // Counted back in the calendar: 24 h are not always a day of it.
    day: new Date(lastDay - (points.length - 1 - index) * DAY_MS).toISOString().slice(0, 10),
    counts: countsOf(point),
    weighed: point.total_sessions_90d === 0 ? null : weighedOf(point),
  }));
}

function weighedOf(point: OnWire<TutorRates>['points'][number]): Weighed {
  const { expected_rate, expected_rate_lower, expected_rate_upper, risk_probability } = point;
  return { rate: expected_rate, lower: expected_rate_lower, upper: expected_rate_upper, probability: risk_probability };
}

/** "18.5 %, 5 of 27", or "no sessions". */
export function formatRateAndCounts(counts: WindowCounts): string {
  return counts.sessions === 0 ? formatCounts(counts) : `${formatRate(counts)}, ${formatCounts(counts)}`;
}

/** "20 %, 14 to 26 %": the best guess at the true rate, and where it lies with 90 %. */
export function formatExpectation({ rate, lower, upper }: Omit<Weighed, 'probability'>): string {
  return `${formatEstimate(rate)} %, ${formatRange(lower, upper)}`;
}

/** One day in words: "21 Nov 2026: 7 days 58.3 %, 7 of 12; 30 days …; true rate most likely 14 to 26 %, best guess 20 %". */
export function describePoint({ day, counts, weighed }: RatePoint): string {
  const windows = WINDOW_DAYS.map((days) => `${days} days ${formatRateAndCounts(counts[days])}`);
  const trueRate = weighed === null ? '' : `; true rate ${trueRateWords(weighed)}`;
  return `${formatCalendarDay(day)}: ${windows.join('; ')}${trueRate}`;
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
  return Math.max(1.3 * threshold, 1, ...rates, ...points.map(({ weighed }) => weighed?.upper ?? 0));
}
