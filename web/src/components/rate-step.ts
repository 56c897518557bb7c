import type { WindowDays } from '../search.ts';

/** How many tutors have a rate from `from` (included) to `to` (not included, but for 100). */
export type RateStep = { from: number; to: number; tutors: number };

/** A drawing that always reaches this far can be compared with that of another day. */
const LEAST_END = 50;

/** Where the drawing ends: behind the last step that has a tutor, and never before the threshold. */
export function endOf(steps: readonly RateStep[], threshold: number): number {
  const last = steps.findLast(({ tutors }) => tutors > 0)?.to ?? 0;
  const covering = steps.find(({ to }) => to >= threshold)?.to ?? 0;
  return Math.max(LEAST_END, last, covering);
}

/** "from 5 to 10 %" */
export function rangeWords({ from, to }: RateStep): string {
  return `from ${from} to ${to} %`;
}

/** What the list of tutors is asked for to show those of a step; a rate of 100 % belongs to the last. */
export function searchOf({ from, to }: RateStep, window_days: WindowDays) {
  return { rate_from: from, rate_below: to === 100 ? 101 : to, window_days };
}
