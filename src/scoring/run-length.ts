import type { DriftChart } from './drift.ts';
import { expectedSteps } from './markov-chain.ts';

/**
 * After how many sessions on average `watchDrift` signals, from a fresh start, while the true rate is `rate`, a share
 * above 0: at the usual rate, how seldom it cries wolf; at the raised one, how soon it helps. Exact: between signals
 * the statistic is a Markov chain on whole steps.
 * Source: Reynolds and Stoumbos 1999, Journal of Quality Technology 31:87.
 *
 * @example averageRunLength(chart, 2.778, 0.08) // 741.0…, with driftChart(0.08, 0.16)
 */
export function averageRunLength({ weights, keptForMove }: DriftChart, limit: number, rate: number): number {
  return runLength(keptForMove, Math.ceil(limit / -weights.kept - ROUNDING), rate);
}

/**
 * The lowest limit at which `watchDrift` makes at least so many sessions pass between two false alarms, on average, in
 * the units of the weights.
 *
 * @example driftLimit(chart, 700) // 2.778…, with driftChart(0.08, 0.16): one false alarm in 741 sessions
 */
export function driftLimit({ usualRate, weights, keptForMove }: DriftChart, sessionsBetweenAlarms: number): number {
  const isEnough = (steps: number) => runLength(keptForMove, steps, usualRate) >= sessionsBetweenAlarms;
  let [low, high] = [0, 1];
  while (!isEnough(high)) [low, high] = [high, 2 * high];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (isEnough(middle)) high = middle;
    else low = middle;
  }
  return high * -weights.kept;
}

/** A limit that is a whole number of steps must not become one more by its rounding. */
const ROUNDING = 1e-6;

/** A move goes `up` steps up and a kept session one down, never below 0; it signals at `limit` steps. */
function runLength(up: number, limit: number, rate: number): number {
  return expectedSteps(
    Array.from({ length: limit }, (_, state) => {
      const row = new Map([[Math.max(0, state - 1), 1 - rate]]);
      if (state + up < limit) row.set(state + up, rate);
      return row;
    }),
  );
}
