import { fitBetaBinomial } from './beta-binomial.ts';
import { betaBinomialLikelihood, tallyOf } from './beta-binomial-likelihood.ts';
import { expectedRate, type RateBelief } from './posterior.ts';
import type { WindowCounts } from './reschedule-rate.ts';

/**
 * What a prior rests on. `fitted`: the data tell how tutors differ. `no_difference`: the data show no difference between
 * tutors. `assumed`: there is too little to tell either, and the usual is assumed.
 */
type PriorBasis = 'fitted' | 'no_difference' | 'assumed';

/** How tutors differ, and how that is known. */
export type Prior = { basis: PriorBasis; prior: RateBelief };

/** What is assumed of a marketplace that nobody has seen yet: 8 moves of 100 sessions, worth 25 sessions. */
export const STARTING_PRIOR: RateBelief = { a: 2, b: 23 };

/**
 * The prior to weigh tutors against, from the counts of all of them.
 *
 * Few tutors with few sessions look alike whether they are or not. Taking that for "no difference" would let nobody
 * stand out, however often they moved. So it is said only when the data speak against the usual difference as well;
 * else tutors are assumed to differ as usual, about the rate of this marketplace.
 * Source: likelihood ratio of the beta-binomial, 5 %, one degree of freedom.
 *
 * @example priorFrom([]) // { basis: 'assumed', prior: { a: 2, b: 23 } }
 */
export function priorFrom(counts: readonly WindowCounts[]): Prior {
  const fit = fitBetaBinomial(counts);
  if (fit.outcome === 'too_few') return { basis: 'assumed', prior: STARTING_PRIOR };
  if (fit.tutorsDiffer) return { basis: 'fitted', prior: fit.prior };
  const tally = tallyOf(counts);
  const usual = usualAbout(expectedRate(fit.prior));
  const ratio = 2 * (betaBinomialLikelihood(tally, fit.prior).value - betaBinomialLikelihood(tally, usual).value);
  return ratio > SURE ? { basis: 'no_difference', prior: fit.prior } : { basis: 'assumed', prior: usual };
}

/** The 95 % quantile of chi-squared with one degree of freedom. */
const SURE = 3.841458820694124;

/** Tutors who differ as much as usual about another rate, a share. */
function usualAbout(rate: number): RateBelief {
  const strength = STARTING_PRIOR.a + STARTING_PRIOR.b;
  return { a: rate * strength, b: (1 - rate) * strength };
}
