import { betaQuantile, betaUpperTail } from './incomplete-beta.ts';
import type { Interval } from './interval.ts';
import type { WindowCounts } from './reschedule-rate.ts';

/**
 * What is known of a true rate: Beta(a, b), as if `a` moved and `b` kept sessions had been seen. Both are above 0.
 * Before a tutor's own sessions it is the prior, which tells how tutors differ; after them the posterior.
 */
export type RateBelief = { a: number; b: number };

/**
 * What is known of a tutor's true rate once a window has been seen: the prior with its counts added. An empty
 * window leaves the prior as it is: of a tutor without sessions just so much is known as of any tutor.
 * Source: the conjugate prior of the binomial; empirical Bayes as in Casella 1985.
 *
 * @example posteriorOf({ a: 2.04, b: 23.95 }, { sessions: 27, reschedules: 8 }) // { a: 10.04, b: 42.95 }
 */
export function posteriorOf(prior: RateBelief, { sessions, reschedules }: WindowCounts): RateBelief {
  return { a: prior.a + reschedules, b: prior.b + sessions - reschedules };
}

/**
 * The expected rate, a share from 0 to 1: the tutor's own rate drawn towards that of all tutors, the more the fewer
 * sessions there are.
 *
 * @example expectedRate({ a: 10.04, b: 42.95 }) // 0.189…, where 8 of 27 alone are 0.296
 */
export function expectedRate({ a, b }: RateBelief): number {
  return a / (a + b);
}

/**
 * The stretch, in shares from 0 to 1, that holds the true rate with the given probability, with equal tails.
 *
 * @example credibleInterval({ a: 10.04, b: 42.95 }) // 0.108… to 0.283…
 */
export function credibleInterval({ a, b }: RateBelief, probability = 0.9): Interval {
  return { lower: betaQuantile((1 - probability) / 2, a, b), upper: betaQuantile((1 + probability) / 2, a, b) };
}

/**
 * The probability that the true rate is above `share`, a share from 0 to 1 (a threshold of 15 % is 0.15).
 *
 * @example probabilityAbove({ a: 3.04, b: 23.95 }, 0.15)  // 0.237…: 1 moved of 1
 * @example probabilityAbove({ a: 22.04, b: 88.95 }, 0.15) // 0.907…: 20 moved of 85
 */
export function probabilityAbove({ a, b }: RateBelief, share: number): number {
  return betaUpperTail(share, a, b);
}
