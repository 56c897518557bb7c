/**
 * What a window holds of one tutor: `sessions` of any status, and of those the ones the tutor moved.
 * A student's move stays in `sessions` and never enters `reschedules`.
 */
export type WindowCounts = { sessions: number; reschedules: number };

/**
 * Tutor reschedules per 100 sessions, to two decimals, halves rounded up as PostgreSQL's `numeric` does;
 * `null` when the window holds no session: "no sessions" is not a rate of zero.
 *
 * Rounded for display only. Decide with `isAboveThreshold`, which reads the counts.
 *
 * @example rescheduleRate({ sessions: 27, reschedules: 5 }) // 18.52
 */
export function rescheduleRate({ sessions, reschedules }: WindowCounts): number | null {
  if (sessions === 0) return null;
  // Integers until the last division: 1.005 as a double is already below the half.
  const hundredths = Math.floor((20_000 * reschedules + sessions) / (2 * sessions));
  return hundredths / 100;
}
