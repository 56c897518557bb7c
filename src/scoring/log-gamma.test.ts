import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deviance, logGamma, stirlingError } from './log-gamma.ts';

const positive = fc.double({ min: 1e-3, max: 1e6, noNaN: true });

describe('the logarithm of the gamma function', () => {
  it.each([
    { x: 1e-3, value: 6.907178885383853 },
    { x: 0.5, value: 0.5723649429247001 },
    { x: 1.5, value: -0.12078223763524522 },
    { x: 3.3, value: 0.9870985778947344 },
    { x: 14.5, value: 23.862765841689086 },
    { x: 100.25, value: 360.28455963776423 },
    { x: 12345.6, value: 103959.18506616846 },
  ])('of $x is $value', ({ x, value }) => {
    expect(Math.abs(logGamma(x) - value)).toBeLessThan(4e-15 * Math.max(1, Math.abs(value)));
  });

  it('is that of a factorial for whole numbers, and 0 at 1 and 2', () => {
    let factorial = 1;
    for (let n = 1; n <= 20; n += 1) {
      expect(logGamma(n)).toBeCloseTo(Math.log(factorial), 13);
      factorial *= n;
    }
  });

  it('grows by ln x from x to x + 1', () => {
    fc.assert(
      fc.property(positive, (x) => {
        const scale = Math.max(1, Math.abs(logGamma(x)), Math.abs(logGamma(x + 1)));
        expect(Math.abs(logGamma(x + 1) - logGamma(x) - Math.log(x))).toBeLessThan(1e-14 * scale);
      }),
    );
  });

  it('has a remainder to Stirling between the first two terms of its series', () => {
    fc.assert(
      fc.property(fc.double({ min: 1, max: 1e6, noNaN: true }), (x) => {
        expect(stirlingError(x)).toBeLessThanOrEqual((1 / (12 * x)) * (1 + 1e-14));
        expect(stirlingError(x)).toBeGreaterThan((1 / (12 * x) - 1 / (360 * x ** 3)) * (1 - 1e-13) - 1e-15);
      }),
    );
  });
});

describe('the deviance', () => {
  it('is 0 at the mean, and above 0 elsewhere', () => {
    fc.assert(
      fc.property(positive, positive, (x, mean) => {
        expect(deviance(mean, mean)).toBe(0);
        expect(deviance(x, mean)).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it('keeps its digits close to the mean, where it is half the squared distance over it', () => {
    expect(deviance(1e6 + 1, 1e6) / (0.5e-6 * (1 - 1e-6 / 3))).toBeCloseTo(1, 11);
    expect(deviance(20, 8)).toBeCloseTo(20 * Math.log(2.5) - 12, 13);
  });
});
