import {
  betaBinomialLikelihood,
  binomialLikelihood,
  type Likelihood,
  type Tally,
  tallyOf,
  total,
} from './beta-binomial-likelihood.ts';
import { normalCdf } from './normal.ts';
import type { RateBelief } from './posterior.ts';
import type { WindowCounts } from './reschedule-rate.ts';

/**
 * How tutors differ, as far as their counts tell. `prior` is the distribution of true rates over tutors. With
 * `tutorsDiffer` false the data show no difference between tutors: whoever stands out does so by chance, as far as
 * anyone can tell. `pValue` is the chance of so clear a difference
 * among equal tutors. `too_few` is no result: there is nothing to fit a distribution to.
 */
export type BetaBinomialFit =
  | { outcome: 'too_few' }
  | { outcome: 'fitted'; prior: RateBelief; likelihoodRatio: number; pValue: number; tutorsDiffer: boolean };

/**
 * Fits the prior: the (a, b) of the beta-binomial that make the counts of all tutors most probable, with a + b from
 * 0.01 to 10,000. The upper end is reached where tutors do not differ. Tutors without sessions say nothing and may be
 * left in. The same counts, in any order, give the same fit; 10,000 tutors take a few milliseconds.
 *
 * The likelihood ratio is held against the plain binomial. Equal tutors lie on the edge of what can be, where half the
 * ratios are 0: hence half the chi-squared tail.
 * Source: Skellam 1948; Efron and Morris 1975; Casella 1985; the edge, Self and Liang 1987.
 *
 * @example fitBetaBinomial(counts) // { outcome: 'fitted', prior: { a: 2.04, b: 23.95 }, tutorsDiffer: true, … }
 */
export function fitBetaBinomial(counts: readonly WindowCounts[]): BetaBinomialFit {
  const tally = tallyOf(counts);
  if (isTooFew(tally)) return { outcome: 'too_few' };
  const mean = total(tally.moved) / total(tally.all);
  const place = STARTS.map((strength) => climb(tally, { mean: logit(mean), strength: Math.log(strength) })).reduce(
    (best, each) => (each.likelihood.value > best.likelihood.value ? each : best),
  );
  const likelihoodRatio = Math.max(0, 2 * (place.likelihood.value - binomialLikelihood(tally)));
  const pValue = likelihoodRatio === 0 ? 1 : normalCdf(-Math.sqrt(likelihoodRatio));
  return { outcome: 'fitted', prior: beliefAt(place.at), likelihoodRatio, pValue, tutorsDiffer: pValue < SURE };
}

/** Fewer tutors with a second session, or fewer moved or kept sessions among all, do not tell how tutors differ. */
const FEWEST_TUTORS = 10;
const FEWEST_EVENTS = 5;
const SURE = 0.05;
/** First guesses at a + b: what is best near one of them may not be the best of all. */
const STARTS = [3, 30, 300, 3000];
const WEAKEST = Math.log(0.01);
/** A hair below 10,000: rounded, a + b is never above it. */
const STRONGEST = Math.log(10_000) * (1 - 1e-15);

/** logit μ and ln (a + b): on this scale the likelihood is close to a parabola, and every point is allowed. */
type Point = { mean: number; strength: number };
type Place = { at: Point; likelihood: Likelihood };

function isTooFew({ moved, kept, all }: Tally): boolean {
  return (all[1] ?? 0) < FEWEST_TUTORS || total(moved) < FEWEST_EVENTS || total(kept) < FEWEST_EVENTS;
}

/** Newton's method; a step that does not lead upwards is taken again, shorter and steeper. */
function climb(tally: Tally, start: Point): Place {
  let place = placeAt(tally, start);
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const next = higher(tally, place);
    if (next === null) break;
    place = next;
  }
  return place;
}

const MAX_ROUNDS = 100;

function higher(tally: Tally, place: Place): Place | null {
  for (const damping of DAMPINGS) {
    const at = stepFrom(place, damping);
    if (at === null) continue;
    const next = placeAt(tally, at);
    if (next.likelihood.value > place.likelihood.value) return next;
  }
  return null;
}

/** As multiples of the curvatures: above 1 the step leads upwards wherever the likelihood is curved like a bowl. */
const DAMPINGS = [0, 0.01, 0.1, 1, 2, 10, 1e2, 1e3, 1e4, 1e6, 1e8];

/** One damped step, `null` where the damping is too weak for it to lead upwards. */
function stepFrom({ at, likelihood }: Place, damping: number): Point | null {
  const { slope, curvature } = likelihood;
  const meanBend = damping * Math.abs(curvature.mean) - curvature.mean;
  const strengthBend = damping * Math.abs(curvature.strength) - curvature.strength;
  if (meanBend <= 0) return null;
  // At an end of a + b, with the likelihood still rising beyond it, the mean alone moves.
  const isAtEnd = (at.strength >= STRONGEST && slope.strength >= 0) || (at.strength <= WEAKEST && slope.strength <= 0);
  if (isAtEnd) return { mean: at.mean + bounded(slope.mean / meanBend), strength: at.strength };
  const determinant = meanBend * strengthBend - curvature.both ** 2;
  if (determinant <= 0) return null;
  const mean = (strengthBend * slope.mean + curvature.both * slope.strength) / determinant;
  const strength = (meanBend * slope.strength + curvature.both * slope.mean) / determinant;
  return {
    mean: at.mean + bounded(mean),
    strength: Math.min(STRONGEST, Math.max(WEAKEST, at.strength + bounded(strength))),
  };
}

/** Farther than this the parabola is not to be trusted. */
function bounded(step: number): number {
  return Math.min(2, Math.max(-2, step));
}

function placeAt(tally: Tally, at: Point): Place {
  return { at, likelihood: betaBinomialLikelihood(tally, beliefAt(at)) };
}

function beliefAt({ mean, strength }: Point): RateBelief {
  const sum = Math.exp(strength);
  return { a: sum / (1 + Math.exp(-mean)), b: sum / (1 + Math.exp(mean)) };
}

function logit(share: number): number {
  return Math.log(share / (1 - share));
}
