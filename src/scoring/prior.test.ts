import { describe, expect, it } from 'vitest';
import { fitBetaBinomial } from './beta-binomial.ts';
import { expectedRate, posteriorOf, probabilityAbove } from './posterior.ts';
import { priorFrom, STARTING_PRIOR } from './prior.ts';

/** So many tutors, each with these counts. */
const alike = (tutors: number, sessions: number, reschedules: number) =>
  Array.from({ length: tutors }, () => ({ sessions, reschedules }));

describe('the prior', () => {
  it('of a marketplace that nobody has seen is the usual one', () => {
    expect(priorFrom([])).toEqual({ basis: 'assumed', prior: STARTING_PRIOR });
    expect(priorFrom(alike(5, 40, 20))).toEqual({ basis: 'assumed', prior: STARTING_PRIOR });
  });

  it('is fitted where tutors differ', () => {
    const counts = [...alike(50, 40, 1), ...alike(20, 40, 5), ...alike(10, 40, 14)];
    const fit = fitBetaBinomial(counts);
    expect(priorFrom(counts)).toEqual({ basis: 'fitted', prior: fit.outcome === 'fitted' ? fit.prior : null });
  });

  it('says that tutors do not differ when many of them with many sessions are alike', () => {
    const { basis, prior } = priorFrom(alike(200, 50, 4));
    expect(basis).toBe('no_difference');
    expect(expectedRate(prior)).toBeCloseTo(0.08, 4);
    expect(prior.a + prior.b).toBeCloseTo(200, 9);
    // Who comes and moves everything stands out all the same.
    expect(probabilityAbove(posteriorOf(prior, { sessions: 30, reschedules: 30 }), 0.15)).toBeGreaterThan(0.9);
  });

  it('is about what was seen where next to nothing, or nearly everything, is moved', () => {
    const { basis, prior } = priorFrom([...alike(11, 40, 0), { sessions: 21, reschedules: 1 }]);
    expect(basis).toBe('assumed');
    expect(prior.a + prior.b).toBeCloseTo(25, 9);
    expect(expectedRate(prior)).toBeCloseTo(3 / 486, 9);
    expect(expectedRate(priorFrom(alike(11, 2, 2)).prior)).toBeCloseTo(24 / 47, 9);
  });

  it('assumes the usual difference, about the rate of this marketplace, when the data tell neither', () => {
    const counts = [...alike(10, 5, 1), ...alike(2, 5, 2)];
    const { basis, prior } = priorFrom(counts);
    expect(basis).toBe('assumed');
    expect(prior.a + prior.b).toBeCloseTo(25, 9);
    expect(expectedRate(prior)).toBeCloseTo(14 / 60, 2);
  });
});
