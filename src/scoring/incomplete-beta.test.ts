import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { betaKernel } from './beta-kernel.ts';
import { betaCdf, betaQuantile, betaUpperTail } from './incomplete-beta.ts';

const shape = fc.double({ min: 0.2, max: 5000, noNaN: true });
const share = fc.double({ min: 1e-6, max: 1 - 1e-6, noNaN: true });

describe('the beta distribution', () => {
  it('is a straight line for (1, 1) and a power for (a, 1)', () => {
    fc.assert(
      fc.property(share, shape, (x, a) => {
        expect(betaCdf(x, 1, 1)).toBeCloseTo(x, 14);
        expect(Math.abs(betaCdf(x, a, 1) - x ** a)).toBeLessThan(1e-12);
      }),
    );
  });

  it('has two tails that add up to one, and is mirrored when its shapes change places', () => {
    fc.assert(
      fc.property(share, shape, shape, (x, a, b) => {
        expect(betaCdf(x, a, b) + betaUpperTail(x, a, b)).toBeCloseTo(1, 14);
        expect(betaUpperTail(1 - x, b, a)).toBeCloseTo(betaCdf(x, a, b), 9);
      }),
    );
  });

  it('never falls, and stays between 0 and 1', () => {
    fc.assert(
      fc.property(share, share, shape, shape, (one, other, a, b) => {
        const [low, high] = [Math.min(one, other), Math.max(one, other)];
        expect(betaCdf(low, a, b)).toBeLessThanOrEqual(betaCdf(high, a, b) + 1e-13);
        expect(betaCdf(low, a, b)).toBeGreaterThanOrEqual(0);
        expect(betaCdf(high, a, b)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('has nothing outside of 0 and 1', () => {
    expect([-1, 0, 1, 2].map((x) => betaCdf(x, 2, 3))).toEqual([0, 0, 1, 1]);
    expect([-1, 0, 1, 2].map((x) => betaUpperTail(x, 2, 3))).toEqual([1, 1, 0, 0]);
  });

  it('obeys the recurrence of its first shape', () => {
    fc.assert(
      fc.property(share, shape, shape, (x, a, b) => {
        // NIST DLMF 8.17.20.
        const difference = betaCdf(x, a, b) - betaCdf(x, a + 1, b);
        expect(Math.abs(difference - betaKernel(x, 1 - x, a, b) / a)).toBeLessThan(1e-12);
      }),
    );
  });
});

describe('the beta quantile', () => {
  it('inverts the distribution', () => {
    fc.assert(
      fc.property(share, shape, shape, (p, a, b) => {
        const x = betaQuantile(p, a, b);
        // Where the shapes are far apart, a double next to 1 may be a step of some size in p.
        fc.pre(x < 1 - 1e-6);
        expect(betaCdf(x, a, b) / p).toBeCloseTo(1, 8);
      }),
    );
  });

  it('is 0 and 1 at its ends, one half in the middle of equal shapes, and rises in between', () => {
    fc.assert(
      fc.property(shape, shape, share, share, (a, b, one, other) => {
        expect(betaQuantile(0, a, b)).toBe(0);
        expect(betaQuantile(1, a, b)).toBe(1);
        expect(betaQuantile(0.5, a, a)).toBeCloseTo(0.5, 12);
        const [low, high] = [Math.min(one, other), Math.max(one, other)];
        expect(betaQuantile(low, a, b)).toBeLessThanOrEqual(betaQuantile(high, a, b) + 1e-13);
      }),
    );
  });

  it('stands far out where hardly any probability is left', () => {
    expect(betaQuantile(1e-9, 1, 1)).toBeCloseTo(1e-9, 20);
    expect(betaQuantile(1e-200, 2, 1) / 1e-100).toBeCloseTo(1, 12);
    const nearlyOne = 1 - 2 ** -40;
    expect(betaUpperTail(betaQuantile(nearlyOne, 2, 50), 2, 50) * 2 ** 40).toBeCloseTo(1, 9);
    expect(betaQuantile(0.5, 0.05, 0.05)).toBeCloseTo(0.5, 12);
  });
});
