import { binomialMidP } from './binomial.ts';
import type { Interval } from './interval.ts';
import { findRoot } from './root.ts';

/** Events and what they are counted over: sessions, or any other measure of exposure. */
export type Exposure = { events: number; exposure: number };

/**
 * How many times as frequent events are in one place as in another. `ratio` is `null` when the other place has no
 * event; an upper end of `null` means that there is none. `pValue` asks whether the places differ either way.
 */
export type RateRatio = { ratio: number | null; lower: number; upper: number | null; pValue: number };

/**
 * Compares two rates of rare events, exactly but for the mid-P that keeps the interval from being too wide: given
 * their sum, the events of one place are binomial. `null` when there is no event at all, or a place without exposure:
 * then nothing can be compared.
 * Source: Przyborowski and Wilenski 1940, Biometrika 31:313; Rothman, Greenland 1998, chapter 14.
 *
 * @example rateRatio({ events: 41, exposure: 28010 }, { events: 15, exposure: 19017 })
 * // ratio 1.855…, from 1.041… to 3.449…, p = 0.035…
 */
export function rateRatio(one: Exposure, other: Exposure, confidence = 0.95): RateRatio | null {
  const events = one.events + other.events;
  if (events === 0 || one.exposure === 0 || other.exposure === 0) return null;
  const { lower, upper } = midPInterval(one.events, events, confidence);
  const asRatio = (share: number) => (share * other.exposure) / ((1 - share) * one.exposure);
  const upperMidP = binomialMidP(one.events, events, one.exposure / (one.exposure + other.exposure));
  return {
    ratio: other.events === 0 ? null : asRatio(one.events / events),
    lower: asRatio(lower),
    upper: upper === 1 ? null : asRatio(upper),
    pValue: Math.min(1, 2 * Math.min(upperMidP, 1 - upperMidP)),
  };
}

/**
 * The mid-P interval of a share: k of n. From 0 when k is 0, to 1 when k is n; n is at least 1.
 * Source: Berry and Armitage 1995; method 8 of Newcombe 1998.
 *
 * @example midPInterval(15, 148) // 0.0601… to 0.1581…
 */
export function midPInterval(k: number, n: number, confidence = 0.95): Interval {
  const tail = (1 - confidence) / 2;
  return {
    lower: k === 0 ? 0 : findRoot((share) => binomialMidP(k, n, share) - tail, 0, k / n),
    upper: k === n ? 1 : findRoot((share) => binomialMidP(k, n, share) - (1 - tail), k / n, 1),
  };
}
