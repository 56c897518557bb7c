import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type BetaBinomialFit, fitBetaBinomial } from './beta-binomial.ts';
import { betaBinomialLikelihood, binomialLikelihood, tallyOf } from './beta-binomial-likelihood.ts';
import { betaQuantile } from './incomplete-beta.ts';
import { logGamma } from './log-gamma.ts';
import type { WindowCounts } from './reschedule-rate.ts';

const TWELVE = [
  [10, 0],
  [12, 3],
  [20, 1],
  [8, 0],
  [30, 9],
  [25, 2],
  [40, 3],
  [16, 6],
  [9, 0],
  [27, 8],
  [33, 1],
  [22, 2],
].map(([sessions = NaN, reschedules = NaN]) => ({ sessions, reschedules }));

const counts = fc.tuple(fc.nat(60), fc.nat(60)).map(([sessions, k]) => ({ sessions, reschedules: k % (sessions + 1) }));
const many = fc.array(counts, { minLength: 12, maxLength: 60 });

describe('the fit of a prior', () => {
  it('is the maximum that was worked out with 30 digits', () => {
    const { prior, likelihoodRatio, pValue, tutorsDiffer } = fitted(fitBetaBinomial(TWELVE));
    expect(prior.a).toBeCloseTo(1.462961566490306, 5);
    expect(prior.b).toBeCloseTo(9.310360607369223, 4);
    expect(likelihoodRatio).toBeCloseTo(9.033321639015746, 10);
    expect(pValue).toBeCloseTo(0.001325511678307, 12);
    expect(tutorsDiffer).toBe(true);
  });

  it('finds the prior again from which the tutors came', () => {
    const tutors = tutorsFrom({ a: 2.04, b: 23.95 }, 5000);
    const { prior, tutorsDiffer } = fitted(fitBetaBinomial(tutors));
    expect(prior.a / (prior.a + prior.b)).toBeCloseTo(2.04 / 25.99, 2);
    expect(Math.abs((prior.a + prior.b) / 25.99 - 1)).toBeLessThan(0.1);
    expect(tutorsDiffer).toBe(true);
  });

  it('says that tutors do not differ where each moves one session in ten', () => {
    const alike = Array.from({ length: 200 }, () => ({ sessions: 30, reschedules: 3 }));
    const { prior, likelihoodRatio, pValue, tutorsDiffer } = fitted(fitBetaBinomial(alike));
    expect(prior.a + prior.b).toBeCloseTo(10_000, 6);
    expect(prior.a / (prior.a + prior.b)).toBeCloseTo(0.1, 3);
    expect({ likelihoodRatio, pValue, tutorsDiffer }).toEqual({ likelihoodRatio: 0, pValue: 1, tutorsDiffer: false });
  });

  it('says that the batters of Efron and Morris might all be equally good', () => {
    const hits = [18, 17, 16, 15, 14, 14, 13, 12, 11, 11, 10, 10, 10, 10, 10, 9, 8, 7];
    const fit = fitted(fitBetaBinomial(hits.map((k) => ({ sessions: 45, reschedules: k }))));
    expect(fit.tutorsDiffer).toBe(false);
    expect(fit.prior.a / (fit.prior.a + fit.prior.b)).toBeCloseTo(0.2654, 3);
  });

  it('finds a difference among equal tutors no more often than one time in twenty', () => {
    const trials = Array.from({ length: 400 }, (_, seed) => tutorsFrom({ a: 8e7, b: 9.2e8 }, 60, seed + 1));
    const found = trials.map((tutors) => fitted(fitBetaBinomial(tutors))).filter(({ tutorsDiffer }) => tutorsDiffer);
    expect(found.length / trials.length).toBeLessThan(0.075);
    expect(found.length).toBeGreaterThan(0);
  });

  it.each<{ name: string; tutors: WindowCounts[] }>([
    { name: 'no tutor', tutors: [] },
    { name: 'nine tutors', tutors: TWELVE.slice(0, 9) },
    { name: 'tutors with a single session each', tutors: TWELVE.map(() => ({ sessions: 1, reschedules: 0 })) },
    { name: 'tutors who never moved anything', tutors: TWELVE.map((each) => ({ ...each, reschedules: 0 })) },
    { name: 'tutors who moved everything', tutors: TWELVE.map((each) => ({ ...each, reschedules: each.sessions })) },
  ])('says of $name that they are too few', ({ tutors }) => {
    expect(fitBetaBinomial(tutors)).toEqual({ outcome: 'too_few' });
  });

  it('stands on a top: nowhere beside it are the counts more probable', () => {
    fc.assert(
      fc.property(many, (tutors) => {
        const fit = fitBetaBinomial(tutors);
        fc.pre(fit.outcome === 'fitted');
        const { prior } = fitted(fit);
        const strength = prior.a + prior.b;
        expect(strength).toBeLessThanOrEqual(10_000);
        const tally = tallyOf(tutors);
        const { value, slope } = betaBinomialLikelihood(tally, prior);
        expect(Math.abs(slope.mean)).toBeLessThan(1e-3);
        // At an end of a + b the likelihood may go on rising beyond it.
        const isInside = strength < 9999 && strength > 0.011;
        expect(isInside ? Math.abs(slope.strength) : 0).toBeLessThan(1e-3);
        for (const factor of [0.5, 0.9, 1.1, 2]) {
          if (strength * factor > 10_000 || strength * factor < 0.01) continue;
          const beside = { a: prior.a * factor, b: prior.b * factor };
          expect(betaBinomialLikelihood(tally, beside).value).toBeLessThanOrEqual(value + 1e-9);
        }
      }),
    );
  });

  it.each([
    {
      strength: 10_000,
      moves: [4, 0, 37, 4, 29, 6, 0, 3, 5, 3, 5, 0],
      sessions: [5, 3, 59, 5, 41, 6, 4, 3, 7, 4, 7, 2],
    },
    { strength: 3.366, moves: [4, 26, 1, 2, 3, 3, 2, 3, 1, 0, 0, 2], sessions: [7, 61, 4, 5, 4, 4, 2, 3, 6, 7, 2, 2] },
  ])('takes the higher of two tops: a + b of $strength', ({ strength, moves, sessions }) => {
    const tutors = sessions.map((each, index) => ({ sessions: each, reschedules: moves[index] ?? NaN }));
    const { prior } = fitted(fitBetaBinomial(tutors));
    expect(prior.a + prior.b).toBeCloseTo(strength, 3);
  });

  it('is the same in any order, and whether tutors without sessions are there or not', () => {
    fc.assert(
      fc.property(many, fc.nat(5), (tutors, empty) => {
        const more = [
          ...Array.from({ length: empty }, () => ({ sessions: 0, reschedules: 0 })),
          ...tutors,
        ].toReversed();
        expect(fitBetaBinomial(more)).toEqual(fitBetaBinomial(tutors));
      }),
    );
  });
});

describe('the likelihood of a prior', () => {
  const shape = fc.double({ min: 0.1, max: 500, noNaN: true });

  it('is the sum over tutors that its definition says', () => {
    fc.assert(
      fc.property(many, shape, shape, (tutors, a, b) => {
        const logBeta = (x: number, y: number) => logGamma(x) + logGamma(y) - logGamma(x + y);
        const sum = tutors.reduce(
          (total, { sessions: n, reschedules: k }) => total + logBeta(k + a, n - k + b) - logBeta(a, b),
          0,
        );
        expect(betaBinomialLikelihood(tallyOf(tutors), { a, b }).value).toBeCloseTo(sum, 7);
      }),
    );
  });

  it('has the slopes and curvatures that small steps show', () => {
    fc.assert(
      fc.property(
        many,
        fc.double({ min: -4, max: 4, noNaN: true }),
        fc.double({ min: -1, max: 7, noNaN: true }),
        (tutors, mean, strength) => {
          const tally = tallyOf(tutors);
          const at = (dMean: number, dStrength: number) => {
            const sum = Math.exp(strength + dStrength);
            return betaBinomialLikelihood(tally, {
              a: sum / (1 + Math.exp(-mean - dMean)),
              b: sum / (1 + Math.exp(mean + dMean)),
            });
          };
          const step = 1e-4;
          const { slope, curvature } = at(0, 0);
          const scale = 1e-4 * tutors.length * 60;
          expect(Math.abs((at(step, 0).value - at(-step, 0).value) / (2 * step) - slope.mean)).toBeLessThan(scale);
          expect(Math.abs((at(0, step).value - at(0, -step).value) / (2 * step) - slope.strength)).toBeLessThan(scale);
          expect(
            Math.abs((at(step, 0).slope.mean - at(-step, 0).slope.mean) / (2 * step) - curvature.mean),
          ).toBeLessThan(scale);
          expect(
            Math.abs((at(0, step).slope.mean - at(0, -step).slope.mean) / (2 * step) - curvature.both),
          ).toBeLessThan(scale);
          expect(
            Math.abs((at(0, step).slope.strength - at(0, -step).slope.strength) / (2 * step) - curvature.strength),
          ).toBeLessThan(scale);
        },
      ),
    );
  });

  it('comes close to the plain binomial as tutors become alike', () => {
    const tally = tallyOf(TWELVE);
    const rate = 35 / 252;
    const { value } = betaBinomialLikelihood(tally, { a: rate * 1e9, b: (1 - rate) * 1e9 });
    expect(value).toBeCloseTo(binomialLikelihood(tally), 4);
    expect(binomialLikelihood(tallyOf([{ sessions: 5, reschedules: 0 }]))).toBe(0);
  });
});

function fitted(fit: BetaBinomialFit): Extract<BetaBinomialFit, { outcome: 'fitted' }> {
  if (fit.outcome !== 'fitted') throw new Error('There was enough to fit.');
  return fit;
}

/** Tutors with 0 to 89 sessions whose true rates come from a beta distribution; the same for the same seed. */
function tutorsFrom({ a, b }: { a: number; b: number }, tutors: number, seed = 1): WindowCounts[] {
  let state = seed * 2_654_435_761;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return Array.from({ length: tutors }, () => {
    const rate = b > 1e6 ? a / (a + b) : betaQuantile(next(), a, b);
    const sessions = Math.floor(next() * 90);
    const reschedules = Array.from({ length: sessions }, next).filter((chance) => chance < rate).length;
    return { sessions, reschedules };
  });
}
