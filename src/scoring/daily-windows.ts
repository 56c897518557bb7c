import type { WindowCounts } from './reschedule-rate.ts';

/**
 * Sessions, and moves among them, of many tutors day by day, oldest day first: those of tutor t on day d stand at
 * `[d * tutors + t]`.
 */
export type DailyCounts = { tutors: number; days: number; sessions: Uint32Array; reschedules: Uint32Array };

/** What a tutor's last `days` days hold at the end of a day; days before the first hold nothing. */
export type CountWindow = (tutor: number, day: number, days: number) => WindowCounts;

/**
 * Counts windows of whole days, each in two subtractions. The sessions of the days left out, kept ones too, count in
 * none of them.
 *
 * @example windowsOfDays(daily, [])(0, 89, 30) // of the first tutor, the 30 days that end with the 90th
 */
export function windowsOfDays(daily: DailyCounts, leftOut: readonly boolean[]): CountWindow {
  const { tutors } = daily;
  const sessions = runningSums(daily.sessions, daily, leftOut);
  const reschedules = runningSums(daily.reschedules, daily, leftOut);
  return (tutor, day, days) => {
    const until = (day + 1) * tutors + tutor;
    const from = Math.max(0, day + 1 - days) * tutors + tutor;
    return {
      sessions: (sessions[until] ?? 0) - (sessions[from] ?? 0),
      reschedules: (reschedules[until] ?? 0) - (reschedules[from] ?? 0),
    };
  };
}

/** What lies before each day; one more row for the end. */
function runningSums(counts: Uint32Array, { tutors, days }: DailyCounts, leftOut: readonly boolean[]): Uint32Array {
  const sums = new Uint32Array((days + 1) * tutors);
  for (let day = 0; day < days; day += 1) {
    const isLeftOut = leftOut[day] === true;
    for (let at = day * tutors; at < (day + 1) * tutors; at += 1) {
      sums[at + tutors] = (sums[at] ?? 0) + (isLeftOut ? 0 : (counts[at] ?? 0));
    }
  }
  return sums;
}
