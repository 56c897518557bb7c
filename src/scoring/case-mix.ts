import type { Interval } from './interval.ts';
import { poissonCdf, poissonUpperTail } from './poisson.ts';
import type { WindowCounts } from './reschedule-rate.ts';
import { findRoot } from './root.ts';

/**
 * A tutor's sessions of one kind (weekday, hour band, first lesson or not), and the rate, a share from 0 to 1, at
 * which tutors of the whole marketplace move sessions of that kind.
 */
export type Stratum = { counts: WindowCounts; marketplaceRate: number };

/** Moves that happened, moves to be expected of such sessions, and the one divided by the other. */
export type CaseMix = { observed: number; expected: number; ratio: number; interval: Interval };

/**
 * Compares a tutor with what the marketplace would have done with the same sessions: 1 is as usual, 2 twice as many
 * moves. So nobody looks bad for teaching on Friday nights. `null` when nothing is expected: no sessions, or only of
 * kinds that nobody ever moves.
 *
 * The interval is the exact one of a Poisson count, the expectation taken as known. It is on the wide side, since
 * moves of sessions vary a little less than Poisson counts do.
 * Source: indirect standardisation; Breslow and Day 1987, volume II, chapter 2; interval by Garwood 1936.
 *
 * @example
 * caseMix([
 *   { counts: { sessions: 40, reschedules: 6 }, marketplaceRate: 0.1 },
 *   { counts: { sessions: 50, reschedules: 3 }, marketplaceRate: 0.04 },
 * ]) // 9 observed, 6 expected: 1.5, from 0.685… to 2.847…
 */
export function caseMix(strata: readonly Stratum[], confidence = 0.95): CaseMix | null {
  const observed = strata.reduce((sum, { counts }) => sum + counts.reschedules, 0);
  const expected = strata.reduce((sum, { counts, marketplaceRate }) => sum + counts.sessions * marketplaceRate, 0);
  if (expected === 0) return null;
  const { lower, upper } = poissonInterval(observed, confidence);
  return {
    observed,
    expected,
    ratio: observed / expected,
    interval: { lower: lower / expected, upper: upper / expected },
  };
}

/**
 * The means of a Poisson count that a count of `events` does not rule out, either way. From 0 when there is no event.
 *
 * @example poissonInterval(9) // 4.115… to 17.084…
 */
export function poissonInterval(events: number, confidence = 0.95): Interval {
  const tail = (1 - confidence) / 2;
  // No confidence short of one in 10²⁰ reaches farther than this.
  const farthest = events + 50 + 12 * Math.sqrt(events);
  return {
    lower: events === 0 ? 0 : findRoot((mean) => poissonUpperTail(events, mean) - tail, 0, events),
    upper: findRoot((mean) => poissonCdf(events, mean) - tail, events, farthest),
  };
}
