import { findRoot } from './root.ts';

/** What one session adds to the running statistic, in units of log-likelihood: a move above 0, a kept one below 0. */
export type DriftWeights = { moved: number; kept: number };

/**
 * What to watch for: a rate that rises from `usualRate` to `raisedRate`, both shares. `keptForMove` kept sessions
 * outweigh one move.
 */
export type DriftChart = { usualRate: number; raisedRate: number; weights: DriftWeights; keptForMove: number };

/** The running statistic after a session, at least 0, and whether it signals there. */
export type DriftPoint = { statistic: number; isSignal: boolean };

/**
 * A chart for a rise from `usualRate` to about `raisedRate`, shares with 0 < usual < raised < 1. The raised rate is
 * shifted until a whole number of kept sessions outweighs a move: then the statistic stands on whole steps, how often
 * it signals can be worked out exactly, and the rule can be told in a sentence. `null` for a usual rate of one half
 * or more, where a move weighs less than a kept session.
 * Source: Reynolds and Stoumbos 1999, Journal of Quality Technology 31:87.
 *
 * @example driftChart(0.08, 0.16) // raisedRate 0.148…, keptForMove 8: a move counts 8 up, a kept session 1 down
 */
export function driftChart(usualRate: number, raisedRate: number): DriftChart | null {
  const wanted = driftWeights(usualRate, raisedRate);
  // The smaller the rise, the more a move weighs, but never as much as this.
  const most = Math.ceil((1 - usualRate) / usualRate - 1e-9) - 1;
  const keptForMove = Math.min(most, Math.max(1, Math.round(wanted.moved / -wanted.kept)));
  if (keptForMove < 1) return null;
  const balance = (rate: number) => {
    const { moved, kept } = driftWeights(usualRate, rate);
    return moved + keptForMove * kept;
  };
  const shifted = findRoot(balance, 1 / (1 + keptForMove), 1 - 1e-12);
  return { usualRate, raisedRate: shifted, weights: driftWeights(usualRate, shifted), keptForMove };
}

/**
 * How much a moved and a kept session speak for `raisedRate` against `usualRate`, shares between 0 and 1: logarithms
 * of likelihood ratios.
 * Source: Steiner, Cook, Farewell, Treasure 2000, Biostatistics 1:441.
 *
 * @example driftWeights(0.08, 0.16) // { moved: 0.693…, kept: -0.090… }
 */
export function driftWeights(usualRate: number, raisedRate: number): DriftWeights {
  return {
    moved: Math.log(raisedRate / usualRate),
    kept: Math.log1p(-raisedRate) - Math.log1p(-usualRate),
  };
}

/**
 * Watches a tutor's sessions, in the order in which they are scheduled, for a rate that has risen: S = max(0, S + W)
 * after each; it signals where S reaches `limit` and starts again from 0 with the next session. Sooner than any
 * window, since it forgets what lies before the rise. No session, no point.
 *
 * `limit` is in the units of the weights; `driftLimit` finds one for a wanted rate of false alarms.
 * Source: Page 1954, Biometrika 41:100; Steiner 2000.
 *
 * @example watchDrift([true, false, true, true], driftWeights(0.08, 0.16), 1.9)
 * // statistics 0.69, 0.60, 1.29, 1.98: a signal at the fourth
 */
export function watchDrift(isMoved: readonly boolean[], weights: DriftWeights, limit: number): DriftPoint[] {
  let statistic = 0;
  return isMoved.map((moved) => {
    statistic = Math.max(0, statistic + (moved ? weights.moved : weights.kept));
    const point = { statistic, isSignal: statistic >= limit - ROUNDING };
    if (point.isSignal) statistic = 0;
    return point;
  });
}

/** A sum of weights that equals the limit must not miss it by the roundings of its terms. */
const ROUNDING = 1e-9;
