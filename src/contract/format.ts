import { TIER_LIMITS } from '../scoring/evidence.ts';

/** As `WindowCounts` of the scoring: sessions of any status, and those of them that the tutor moved. */
type Counts = { sessions: number; reschedules: number };

/** "9 of 29", thousands separated; "no sessions" when the window is empty. */
export function formatCounts({ sessions, reschedules }: Counts): string {
  return sessions === 0 ? 'no sessions' : `${formatNumber(reschedules)} of ${formatNumber(sessions)}`;
}

/**
 * "31.0 %", rounded from the counts in one step; "–" when the window is empty: no sessions is not 0 %.
 * Never shown without `formatCounts` beside it.
 */
export function formatRate({ sessions, reschedules }: Counts): string {
  if (sessions === 0) return '–';
  const tenths = Math.floor((2_000 * reschedules + sessions) / (2 * sessions));
  return `${(tenths / 10).toFixed(1)} %`;
}

/** "15 %" or "12.5 %". */
export function formatThreshold(threshold: number): string {
  return `${threshold} %`;
}

/**
 * "96 %", of a probability from 0 to 1; never 0 or 100 %, which nobody can be sure of. What is below a limit of the
 * tiers is shown below it: 89.6 % is watch, and "90 %" beside it would be confirmed.
 */
export function formatProbability(probability: number): string {
  const nearest = Math.round(100 * probability);
  const isAcross = LIMITS.some((limit) => probability < limit && nearest >= 100 * limit);
  const percent = isAcross ? nearest - 1 : nearest;
  if (percent > 99) return 'over 99 %';
  return percent < 1 ? 'under 1 %' : `${percent} %`;
}

/** "17", or "3.4" below ten: an estimated rate per 100 sessions, no more exact than it deserves. */
export function formatEstimate(rate: number): string {
  return rate < 9.95 ? rate.toFixed(1) : rate.toFixed(0);
}

/** "2.8 to 17 %". */
export function formatRange(lower: number, upper: number): string {
  return `${formatEstimate(lower)} to ${formatEstimate(upper)} %`;
}

/** "1,234". */
export function formatNumber(value: number): string {
  return NUMBERS.format(value);
}

/** "1 session", "2 sessions". */
export function countOf(count: number, noun: string): string {
  return `${formatNumber(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/**
 * How long before the scheduled start a move was asked for, from hours: "3 h before the start".
 * Rounded down, so that it never claims more notice than there was.
 */
export function formatNotice(hours: number): string {
  const side = hours < 0 ? 'after' : 'before';
  const span = Math.abs(hours);
  if (span < 1) return span === 0 ? 'at the start' : `${Math.max(1, Math.floor(span * 60))} min ${side} the start`;
  if (span < 48) return `${formatHours(span)} h ${side} the start`;
  return `${formatNumber(Math.floor(span / 24))} days ${side} the start`;
}

function formatHours(hours: number): string {
  return String(hours < 10 ? Math.floor(hours * 10) / 10 : Math.floor(hours));
}

const LIMITS = Object.values(TIER_LIMITS).flatMap(({ from, until }) => [from, until]);
const NUMBERS = new Intl.NumberFormat('en-US');
