import type { Interval } from './interval.ts';
import { expectedRate, type RateBelief } from './posterior.ts';

/**
 * How many of the next n sessions will be moved, from what is known of the rate: the probability of each number from
 * 0 to n, in this order; they add up to 1. The beta-binomial distribution: wider than a binomial one, because the
 * rate itself is not known.
 * Source: Skellam 1948, Journal of the Royal Statistical Society B 10:257.
 *
 * @example predictMoves({ a: 1, b: 1 }, 3) // [0.25, 0.25, 0.25, 0.25]
 */
export function predictMoves(belief: RateBelief, sessions: number): number[] {
  // From the middle outwards: the probability of 0 may be too small for a double to start from.
  const start = Math.round(sessions * expectedRate(belief));
  const weights = Array.from({ length: sessions + 1 }, () => 1);
  for (let k = start, weight = 1; k < sessions; k += 1) {
    weight *= step(belief, sessions, k);
    weights[k + 1] = weight;
  }
  for (let k = start, weight = 1; k > 0; k -= 1) {
    weight /= step(belief, sessions, k - 1);
    weights[k - 1] = weight;
  }
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
}

/**
 * The shortest stretch of whole counts that leaves at most half of `1 - probability` on either side: what would be no
 * surprise. `distribution` holds the probability of each count from 0.
 *
 * @example unsurprisingCounts([0.02, 0.58, 0.38, 0.02]) // { lower: 1, upper: 2 }
 */
export function unsurprisingCounts(distribution: readonly number[], probability = 0.9): Interval {
  const tail = (1 - probability) / 2;
  const below = countWithin(distribution, tail);
  const above = countWithin(distribution.toReversed(), tail);
  return { lower: below, upper: distribution.length - 1 - above };
}

/** The probability of k + 1 moves over that of k. */
function step({ a, b }: RateBelief, sessions: number, k: number): number {
  return ((sessions - k) * (a + k)) / ((k + 1) * (b + sessions - k - 1));
}

/** How many counts from the front have together at most this probability. */
function countWithin(distribution: readonly number[], tail: number): number {
  let sum = 0;
  let count = 0;
  for (const probability of distribution) {
    sum += probability;
    // A sum of roundings must not cross the line by a hair.
    if (sum > tail + 1e-12) break;
    count += 1;
  }
  return count;
}
