import { betaQuantile } from './incomplete-beta.ts';
import { normalQuantile } from './normal.ts';
import type { WindowCounts } from './reschedule-rate.ts';

/** A stretch in which a number lies with a stated confidence, both ends included. */
export type Interval = { lower: number; upper: number };

/**
 * Wilson's interval for the true rate behind a window, as a share from 0 to 1; `null` when the window holds no
 * session. `confidence` is a share too. The rates that a normal approximation would not reject.
 * Source: Wilson 1927; recommended by Newcombe 1998 and Brown, Cai, DasGupta 2001.
 *
 * @example wilsonInterval({ sessions: 27, reschedules: 5 }) // 0.0818… to 0.3669…, around a rate of 0.185
 */
export function wilsonInterval({ sessions, reschedules }: WindowCounts, confidence = 0.95): Interval | null {
  if (sessions === 0) return null;
  const z = normalQuantile((1 + confidence) / 2);
  const rate = reschedules / sessions;
  const centre = rate + (z * z) / (2 * sessions);
  const reach = z * Math.sqrt((rate * (1 - rate)) / sessions + (z * z) / (4 * sessions * sessions));
  const scale = 1 + (z * z) / sessions;
  // The difference of two equal roundings may miss 0 and 1 by a hair.
  return {
    lower: reschedules === 0 ? 0 : (centre - reach) / scale,
    upper: reschedules === sessions ? 1 : (centre + reach) / scale,
  };
}

/**
 * Jeffreys' interval for the true rate behind a window, as a share from 0 to 1, from this window alone: equal tails
 * of Beta(k + ½, n - k + ½). 0 is never left out when nothing was moved, nor 1 when everything was; `null` when the
 * window holds no session. On average over true rates it covers just what it says, which an exact interval overdoes.
 * Source: Brown, Cai, DasGupta 2001, Statistical Science 16:101.
 *
 * @example jeffreysInterval({ sessions: 20, reschedules: 0 }) // 0 to 0.1166…
 */
export function jeffreysInterval({ sessions, reschedules }: WindowCounts, confidence = 0.95): Interval | null {
  if (sessions === 0) return null;
  const a = reschedules + 0.5;
  const b = sessions - reschedules + 0.5;
  return {
    lower: reschedules === 0 ? 0 : betaQuantile((1 - confidence) / 2, a, b),
    upper: reschedules === sessions ? 1 : betaQuantile((1 + confidence) / 2, a, b),
  };
}
