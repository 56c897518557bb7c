import { formatCounts, formatEstimate, formatRange, formatRate, formatThreshold } from '#contract/format.ts';
import type { TutorRates } from '#contract/tutor-history.ts';
import { rescheduleRate, type WindowCounts } from '#scoring/reschedule-rate.ts';
import type { ScoreCounts } from '#scoring/risk.ts';
import { WINDOW_DAYS } from '#scoring/window.ts';
import type { OnWire } from '../../api/wire.ts';
import { countsOf } from '../../components/window-counts.ts';

/**
 * What follows from 90 days: the rate to expect and where the true one lies with 90 %, per 100 sessions, and how likely
 * that one is above the threshold, 0 to 1.
 */
export type Weighed = { rate: number; lower: number; upper: number; probability: number };

/** The three windows as they stood on one day, and what followed from the last; `null` while that held no sessions. */
export type RatePoint = { at: Date; counts: ScoreCounts; weighed: Weighed | null };

export function pointsOf({ points }: OnWire<TutorRates>): RatePoint[] {
  return points.map((point) => ({
    at: new Date(point.at),
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

/** "20 %, 14 to 26 %": the rate to expect, and where the true one lies with 90 %. */
export function formatExpectation({ rate, lower, upper }: Omit<Weighed, 'probability'>): string {
  return `${formatEstimate(rate)} %, ${formatRange(lower, upper)}`;
}

/** One day in words: "21 Nov 2026: 7 days 58.3 %, 7 of 12; 30 days …; to expect 20 %, 14 to 26 %". */
export function describePoint({ at, counts, weighed }: RatePoint): string {
  const windows = WINDOW_DAYS.map((days) => `${days} days ${formatRateAndCounts(counts[days])}`);
  const expected = weighed === null ? '' : `; to expect ${formatExpectation(weighed)}`;
  return `${formatDay(at)}: ${windows.join('; ')}${expected}`;
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

export function formatDay(date: Date): string {
  return DAY.format(date);
}

const DAY = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });
