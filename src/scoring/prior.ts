import { fitBetaBinomial } from './beta-binomial.ts';
import { betaBinomialLikelihood, tallyOf } from './beta-binomial-likelihood.ts';
import { expectedRate, posteriorOf, type RateBelief } from './posterior.ts';
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
 * else tutors are assumed to differ as usual, about the rate of this marketplace. And where tutors do not differ the prior
 * is worth 200 sessions at most: who comes tomorrow and moves everything must be able to stand out.
 * Source: likelihood ratio of the beta-binomial, 5 %, one degree of freedom.
 *
 * @example priorFrom([]) // { basis: 'assumed', prior: { a: 2, b: 23 } }
 */
export function priorFrom(counts: readonly WindowCounts[]): Prior {
  const fit = fitBetaBinomial(counts);
  if (fit.outcome === 'too_few') return { basis: 'assumed', prior: assumed(counts) };
  if (fit.tutorsDiffer) return { basis: 'fitted', prior: fit.prior };
  const tally = tallyOf(counts);
  const mean = expectedRate(fit.prior);
  const usual = about(mean, USUAL_STRENGTH);
  const ratio = 2 * (betaBinomialLikelihood(tally, fit.prior).value - betaBinomialLikelihood(tally, usual).value);
  if (ratio <= SURE) return { basis: 'assumed', prior: usual };
  return { basis: 'no_difference', prior: about(mean, Math.min(MOST_STRENGTH, fit.prior.a + fit.prior.b)) };
}

/** The 95 % quantile of chi-squared with one degree of freedom. */
const SURE = 3.841458820694124;

const USUAL_STRENGTH = STARTING_PRIOR.a + STARTING_PRIOR.b;
const MOST_STRENGTH = 200;

/** Of too few sessions or moves to fit anything: the usual, about what was seen of ten tutors or more. */
function assumed(counts: readonly WindowCounts[]): RateBelief {
  const seen = counts.filter(({ sessions }) => sessions > 0);
  if (seen.length < FEWEST_TUTORS) return STARTING_PRIOR;
  const all = seen.reduce(
    (sum, { sessions, reschedules }) => ({
      sessions: sum.sessions + sessions,
      reschedules: sum.reschedules + reschedules,
    }),
    { sessions: 0, reschedules: 0 },
  );
  return about(expectedRate(posteriorOf(STARTING_PRIOR, all)), USUAL_STRENGTH);
}

const FEWEST_TUTORS = 10;

/** Tutors about a rate, a share, as alike as a number of sessions each would make them. */
function about(rate: number, strength: number): RateBelief {
  return { a: rate * strength, b: (1 - rate) * strength };
}
