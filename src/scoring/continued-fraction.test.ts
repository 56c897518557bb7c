import { expect, it } from 'vitest';
import { continuedFraction } from './continued-fraction.ts';

it('knows the golden ratio, the root of two and e', () => {
  expect(continuedFraction(1, () => ({ numerator: 1, denominator: 1 }))).toBeCloseTo((Math.sqrt(5) - 1) / 2, 14);
  expect(1 + continuedFraction(2, () => ({ numerator: 1, denominator: 2 }))).toBeCloseTo(Math.SQRT2, 14);
  // Euler: 1 / (e - 2) = 1 + 1/(2 + 2/(3 + 3/(4 + …)))
  const oneOver = continuedFraction(1, (n) => ({ numerator: n, denominator: n + 1 }));
  expect(2 + oneOver).toBeCloseTo(Math.E, 14);
});

it('ends where the numerator is zero', () => {
  expect(continuedFraction(4, () => ({ numerator: 0, denominator: 1 }))).toBe(0.25);
});
