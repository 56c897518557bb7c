import type { WindowCounts } from './reschedule-rate.ts';
import { WINDOW_DAYS, type WindowDays } from './window.ts';

/** The counts of one tutor in each of the three windows. */
export type ScoreCounts = Record<WindowDays, WindowCounts>;

/** The threshold a new installation starts with, in tutor reschedules per 100 sessions. */
export const DEFAULT_RISK_THRESHOLD = 15;

/**
 * Whether a rate is strictly above the threshold, decided on integers: `100 * k > threshold * n`.
 * The threshold has at most two decimals, so both sides are exact when scaled by 100.
 *
 * @example isAboveThreshold({ sessions: 20, reschedules: 3 }, 15)      // false: exactly 15 %
 * @example isAboveThreshold({ sessions: 4006, reschedules: 601 }, 15)  // true, although it shows as 15.00 %
 */
export function isAboveThreshold({ sessions, reschedules }: WindowCounts, threshold: number): boolean {
  return 10_000 * reschedules > Math.round(threshold * 100) * sessions;
}

/** The windows whose rate is strictly above the threshold, shortest first. */
export function windowsAbove(counts: ScoreCounts, threshold: number): WindowDays[] {
  return WINDOW_DAYS.filter((days) => isAboveThreshold(counts[days], threshold));
}

/** The literal rule: high risk when any window's rate is strictly above the threshold. */
export function isHighRisk(counts: ScoreCounts, threshold: number): boolean {
  return windowsAbove(counts, threshold).length > 0;
}
