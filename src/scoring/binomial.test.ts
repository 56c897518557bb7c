import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { binomialCdf, binomialMidP, binomialProbability, binomialUpperTail } from './binomial.ts';

const cases = fc
  .tuple(fc.integer({ min: 1, max: 400 }), fc.nat(400), fc.double({ min: 0.001, max: 0.999, noNaN: true }))
  .map(([n, k, p]) => ({ n, k: k % (n + 1), p }));

describe('the binomial', () => {
  it.each([
    { k: 3, n: 5, p: 0.2, atLeast: 0.05792 },
    { k: 12, n: 20, p: 0.2, atLeast: 0.00010172876515704841 },
    { k: 0, n: 20, p: 0.2, atLeast: 1 },
    { k: 20, n: 20, p: 0.5, atLeast: 2 ** -20 },
    { k: 21, n: 20, p: 0.5, atLeast: 0 },
  ])('gives at least $k of $n at $p a chance of $atLeast', ({ k, n, p, atLeast }) => {
    expect(binomialUpperTail(k, n, p)).toBeCloseTo(atLeast, 14);
  });

  it('adds up to one, over its counts and over its tails', () => {
    fc.assert(
      fc.property(cases, ({ n, k, p }) => {
        const probabilities = Array.from({ length: n + 1 }, (_, count) => binomialProbability(count, n, p));
        expect(probabilities.reduce((sum, each) => sum + each, 0)).toBeCloseTo(1, 12);
        expect(probabilities.slice(0, k + 1).reduce((sum, each) => sum + each, 0)).toBeCloseTo(
          binomialCdf(k, n, p),
          12,
        );
        expect(binomialCdf(k, n, p) + binomialUpperTail(k + 1, n, p)).toBeCloseTo(1, 13);
      }),
    );
  });

  it('has a mid-P that lies between the tail with what was seen and the one without', () => {
    fc.assert(
      fc.property(cases, ({ n, k, p }) => {
        const lower = binomialCdf(k, n, p) - binomialProbability(k, n, p) / 2;
        expect(binomialMidP(k, n, p) + lower).toBeCloseTo(1, 12);
        expect(binomialMidP(k, n, p)).toBeLessThanOrEqual(binomialUpperTail(k, n, p));
        expect(binomialMidP(k, n, p)).toBeGreaterThanOrEqual(binomialUpperTail(k + 1, n, p) - 1e-12);
      }),
    );
  });

  it('knows what is certain', () => {
    expect([0, 1, 2].map((k) => binomialProbability(k, 2, 0))).toEqual([1, 0, 0]);
    expect([0, 1, 2].map((k) => binomialProbability(k, 2, 1))).toEqual([0, 0, 1]);
    expect(binomialProbability(0, 0, 0.3)).toBe(1);
    expect([binomialCdf(-1, 2, 0.3), binomialCdf(2, 2, 0.3), binomialCdf(0, 2, 0), binomialCdf(0, 2, 1)]).toEqual([
      0, 1, 1, 0,
    ]);
  });
});
