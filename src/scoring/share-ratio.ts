import { normalQuantile } from './normal.ts';
import { midPInterval, type RateRatio } from './rate-ratio.ts';

/** So many of all: `part` is at most `all`. */
export type Share = { part: number; all: number };

/**
 * How many times as large one share is as another; a ratio of shares, not of odds. Both shares are counted, so both
 * make the interval wide: 10 of 20 is known better than 5 of 300. `null` when nothing was counted, or `one` has no part.
 *
 * Where the other share has no part, the ratio has no upper end, and the lower one is taken against the most that the
 * other share may be: about 3 of all. Where `one` is whole, Katz would take it for certain, so its lower end is exact.
 * Source: Katz, Baptista, Azen, Pike 1978, Biometrics 34:469; put together from two as by Zou and Donner 2008.
 *
 * @example shareRatio({ part: 10, all: 20 }, { part: 5, all: 300 }) // 30, from 11.3… to 79.4…
 */
export function shareRatio(one: Share, other: Share, confidence = 0.95): Omit<RateRatio, 'pValue'> | null {
  if (one.part === 0 || other.all === 0) return null;
  if (other.part === 0) {
    const most = midPInterval(0, other.all, confidence).upper;
    return { ratio: null, lower: midPInterval(one.part, one.all, confidence).lower / most, upper: null };
  }
  const z = normalQuantile((1 + confidence) / 2);
  const [own, others] = [z * logError(one), z * logError(other)];
  const ownBelow = one.part === one.all ? -Math.log(midPInterval(one.part, one.all, confidence).lower) : own;
  const ratio = one.part / one.all / (other.part / other.all);
  return {
    ratio,
    lower: ratio * Math.exp(-Math.hypot(ownBelow, others)),
    upper: ratio * Math.exp(Math.hypot(own, others)),
  };
}

/** The standard error of the logarithm of a share. */
function logError({ part, all }: Share): number {
  return Math.sqrt((1 - part / all) / part);
}
