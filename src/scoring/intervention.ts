import type { Interval } from './interval.ts';
import { expectedRate, type RateBelief } from './posterior.ts';
import { predictMoves, unsurprisingCounts } from './predictive.ts';
import type { WindowCounts } from './reschedule-rate.ts';

/**
 * What came after an intervention against what was to be expected without it. Rates and effect are shares: an effect
 * of -0.05 is 5 points fewer. `interval` is that of the effect; `chanceOfSoFew` is the probability of at most so many
 * moves had nothing changed. `verdict` says whether the effect is beyond what chance does.
 */
export type InterventionEffect = {
  expectedRate: number;
  observedRate: number;
  effect: number;
  interval: Interval;
  chanceOfSoFew: number;
  verdict: 'fewer' | 'more' | 'no_change_shown';
};

/**
 * Whether an intervention (a talk, a warning) helped: the sessions after it against the prediction made from what was
 * known before it. `before` is the posterior of that time, prior and all: tutors are picked for a bad run, and a bad
 * run is followed by a better one anyway. That part stands in the expectation and is no effect. `null` while there is
 * no session after it.
 * Source: Efron and Morris 1977 on regression to the mean; Ashenfelter 1978 on the dip before a programme.
 *
 * @example
 * interventionEffect({ a: 22.04, b: 88.95 }, { sessions: 40, reschedules: 2 })
 * // expected 0.198…, observed 0.05: -0.148…, from -0.275 to -0.025: fewer
 */
export function interventionEffect(
  before: RateBelief,
  after: WindowCounts,
  probability = 0.9,
): InterventionEffect | null {
  if (after.sessions === 0) return null;
  const prediction = predictMoves(before, after.sessions);
  const likely = unsurprisingCounts(prediction, probability);
  const expected = expectedRate(before);
  const observed = after.reschedules / after.sessions;
  return {
    expectedRate: expected,
    observedRate: observed,
    effect: observed - expected,
    interval: {
      lower: (after.reschedules - likely.upper) / after.sessions,
      upper: (after.reschedules - likely.lower) / after.sessions,
    },
    chanceOfSoFew: Math.min(
      1,
      prediction.slice(0, after.reschedules + 1).reduce((sum, chance) => sum + chance, 0),
    ),
    verdict: verdictOf(after.reschedules, likely),
  };
}

function verdictOf(moves: number, likely: Interval): InterventionEffect['verdict'] {
  if (moves < likely.lower) return 'fewer';
  if (moves > likely.upper) return 'more';
  return 'no_change_shown';
}
