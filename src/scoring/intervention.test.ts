import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { interventionEffect } from './intervention.ts';
import { expectedRate, posteriorOf } from './posterior.ts';
import { predictMoves, unsurprisingCounts } from './predictive.ts';

const PRIOR = { a: 2.04, b: 23.95 };
const belief = fc.record({
  a: fc.double({ min: 0.1, max: 500, noNaN: true }),
  b: fc.double({ min: 0.1, max: 5000, noNaN: true }),
});

describe('the prediction of moves', () => {
  it.each([
    { a: 22.04, b: 88.95, sessions: 40, k: 0, chance: 0.0005690140617758987 },
    { a: 22.04, b: 88.95, sessions: 40, k: 5, chance: 0.0940597990676614 },
    { a: 22.04, b: 88.95, sessions: 40, k: 40, chance: 2.889165284252742e-21 },
    { a: 5000, b: 5000, sessions: 1000, k: 500, chance: 0.024051056484803025 },
    { a: 5000, b: 5000, sessions: 1000, k: 0, chance: 5.236591826026567e-282 },
    { a: 1, b: 1, sessions: 3, k: 2, chance: 0.25 },
  ])('gives $k of $sessions a chance of $chance', ({ a, b, sessions, k, chance }) => {
    expect((predictMoves({ a, b }, sessions)[k] ?? NaN) / chance).toBeCloseTo(1, 10);
  });

  it('adds up to one, and to the expected rate', () => {
    fc.assert(
      fc.property(belief, fc.nat(400), (before, sessions) => {
        const chances = predictMoves(before, sessions);
        expect(chances).toHaveLength(sessions + 1);
        expect(chances.reduce((sum, chance) => sum + chance, 0)).toBeCloseTo(1, 12);
        const mean = chances.reduce((sum, chance, k) => sum + k * chance, 0);
        expect(mean).toBeCloseTo(sessions * expectedRate(before), 7);
      }),
    );
  });

  it('leaves no more outside of the unsurprising than was asked for, and one count less would', () => {
    expect(unsurprisingCounts([0.02, 0.58, 0.38, 0.02])).toEqual({ lower: 1, upper: 2 });
    fc.assert(
      fc.property(belief, fc.integer({ min: 1, max: 200 }), (before, sessions) => {
        const chances = predictMoves(before, sessions);
        const { lower, upper } = unsurprisingCounts(chances);
        const sum = (from: number, until: number) =>
          chances.slice(from, until).reduce((total, each) => total + each, 0);
        expect(lower).toBeLessThanOrEqual(upper);
        expect(sum(0, lower)).toBeLessThanOrEqual(0.05 + 1e-9);
        expect(sum(0, lower + 1)).toBeGreaterThan(0.05 - 1e-9);
        expect(sum(upper + 1, sessions + 1)).toBeLessThanOrEqual(0.05 + 1e-9);
        expect(sum(upper, sessions + 1)).toBeGreaterThan(0.05 - 1e-9);
      }),
    );
  });
});

describe('an intervention', () => {
  it('is not judged before there is a session after it', () => {
    expect(interventionEffect(PRIOR, { sessions: 0, reschedules: 0 })).toBe(null);
  });

  it('showed fewer moves where 2 of 40 followed on 20 of 85', () => {
    const found = interventionEffect(posteriorOf(PRIOR, { sessions: 85, reschedules: 20 }), {
      sessions: 40,
      reschedules: 2,
    });
    expect(found?.expectedRate).toBeCloseTo(0.19857644832867827, 12);
    expect(found?.effect).toBeCloseTo(0.05 - 0.19857644832867827, 12);
    expect(found?.chanceOfSoFew).toBeCloseTo(0.01836481135271594, 12);
    expect(found?.verdict).toBe('fewer');
    expect(found?.interval.upper).toBeLessThan(0);
  });

  it('is given no credit for a bad run that ends by itself', () => {
    // 8 of 27 are 30 %, and then 18 %: the raw rates fall by 12 points, the expectation only by 1.
    const found = interventionEffect(posteriorOf(PRIOR, { sessions: 27, reschedules: 8 }), {
      sessions: 50,
      reschedules: 9,
    });
    expect(found?.effect).toBeCloseTo(0.18 - 0.18946971126627665, 12);
    expect(found?.verdict).toBe('no_change_shown');
  });

  it('shows more where everything is moved after it, and never an effect of chance more than one time in ten', () => {
    const before = posteriorOf(PRIOR, { sessions: 60, reschedules: 12 });
    expect(interventionEffect(before, { sessions: 30, reschedules: 30 })?.verdict).toBe('more');
    const spoken = predictMoves(before, 30)
      .filter((_, k) => interventionEffect(before, { sessions: 30, reschedules: k })?.verdict !== 'no_change_shown')
      .reduce((sum, chance) => sum + chance, 0);
    expect(spoken).toBeGreaterThan(0);
    expect(spoken).toBeLessThanOrEqual(0.1);
  });

  it('has an interval that holds 0 just when no change is shown', () => {
    fc.assert(
      fc.property(belief, fc.integer({ min: 1, max: 120 }), fc.nat(120), (before, sessions, k) => {
        const found = interventionEffect(before, { sessions, reschedules: k % (sessions + 1) });
        if (found === null) throw new Error('There are sessions.');
        expect(found.interval.lower <= 0 && 0 <= found.interval.upper).toBe(found.verdict === 'no_change_shown');
        expect(found.chanceOfSoFew).toBeGreaterThan(0);
        expect(found.chanceOfSoFew).toBeLessThanOrEqual(1);
      }),
    );
  });
});
