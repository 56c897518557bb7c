import type { RateBelief } from './posterior.ts';
import type { WindowCounts } from './reschedule-rate.ts';

/**
 * Counts of many tutors, put together so that their likelihood costs as much as the longest window, not as many
 * tutors: `moved[i]` is how many tutors have more than i moved sessions, `kept` and `all` the same of kept ones and of
 * all. It holds all that the counts say of (a, b), since ln Γ(a + k) - ln Γ(a) = Σ ln(a + i) over i < k.
 */
export type Tally = { moved: number[]; kept: number[]; all: number[] };

/** A log-likelihood with its slopes and curvatures by logit μ and ln M, where μ = a / (a + b) and M = a + b. */
export type Likelihood = {
  value: number;
  slope: { mean: number; strength: number };
  curvature: { mean: number; both: number; strength: number };
};

/** Counts the tutors, in one pass. */
export function tallyOf(counts: readonly WindowCounts[]): Tally {
  return {
    moved: moreThan(counts.map(({ reschedules }) => reschedules)),
    kept: moreThan(counts.map(({ sessions, reschedules }) => sessions - reschedules)),
    all: moreThan(counts.map(({ sessions }) => sessions)),
  };
}

/**
 * ln of the probability of the counts under a beta-binomial of (a, b), without the binomial coefficients, which are
 * the same for every (a, b): Σ ln B(k + a, n - k + b) - ln B(a, b) over tutors.
 *
 * @example betaBinomialLikelihood(tallyOf([{ sessions: 2, reschedules: 1 }]), { a: 1, b: 1 }).value // ln(1/6)
 */
export function betaBinomialLikelihood({ moved, kept, all }: Tally, { a, b }: RateBelief): Likelihood {
  const [one, other, both] = [sums(moved, a), sums(kept, b), sums(all, a + b)];
  const mean = a / (a + b);
  // How far a grows, and b shrinks, with logit μ.
  const shift = mean * b;
  const bend = shift * (1 - 2 * mean);
  const [slopeA, slopeB] = [one.inverse - both.inverse, other.inverse - both.inverse];
  const [bendA, bendB, mixed] = [both.square - one.square, both.square - other.square, both.square];
  const slope = { mean: shift * (slopeA - slopeB), strength: a * slopeA + b * slopeB };
  return {
    value: one.logarithm + other.logarithm - both.logarithm,
    slope,
    curvature: {
      mean: shift * shift * (bendA - 2 * mixed + bendB) + bend * (slopeA - slopeB),
      both: shift * (a * (bendA - mixed) - b * (bendB - mixed)) + slope.mean,
      strength: a * a * bendA + 2 * a * b * mixed + b * b * bendB + slope.strength,
    },
  };
}

/**
 * The same for tutors who all have one rate: the binomial of the common rate of all counts together. 0 where nothing
 * or everything was moved.
 */
export function binomialLikelihood({ moved, kept, all }: Tally): number {
  const [moves, keeps, sessions] = [total(moved), total(kept), total(all)];
  return timesLog(moves, moves / sessions) + timesLog(keeps, keeps / sessions);
}

/** How many moves, kept sessions and sessions there are together. */
export function total(tally: readonly number[]): number {
  return tally.reduce((sum, each) => sum + each, 0);
}

function timesLog(count: number, share: number): number {
  return count === 0 ? 0 : count * Math.log(share);
}

function moreThan(values: readonly number[]): number[] {
  const highest = values.reduce((high, value) => Math.max(high, value), 0);
  const tutors = Array.from({ length: highest + 1 }, () => 0);
  for (const value of values) tutors[value] = (tutors[value] ?? 0) + 1;
  let above = values.length;
  return tutors
    .map((equal) => {
      above -= equal;
      return above;
    })
    .slice(0, highest);
}

/** Σ of ln(x + i), 1 / (x + i) and 1 / (x + i)², each as often as there are tutors beyond i. */
function sums(tally: readonly number[], x: number): { logarithm: number; inverse: number; square: number } {
  let [logarithm, inverse, square] = [0, 0, 0];
  for (const [index, tutors] of tally.entries()) {
    const at = x + index;
    logarithm += tutors * Math.log(at);
    inverse += tutors / at;
    square += tutors / (at * at);
  }
  return { logarithm, inverse, square };
}
