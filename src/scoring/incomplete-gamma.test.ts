import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gammaTails } from './incomplete-gamma.ts';
import { normalCdf, normalQuantile } from './normal.ts';
import { poissonCdf, poissonUpperTail } from './poisson.ts';

describe('the incomplete gamma function', () => {
  it.each([
    { a: 0.5, x: 0.1, upper: 0.654720846018577, lower: 0.345279153981423 },
    { a: 0.5, x: 20, upper: 2.539628589470865e-10, lower: 0.9999999997460371 },
    { a: 3.7, x: 2, upper: 0.8137253291109461, lower: 0.18627467088905394 },
    { a: 3.7, x: 9, upper: 0.015185911655693935, lower: 0.9848140883443061 },
    { a: 250.5, x: 200, upper: 0.999678831948448, lower: 0.00032116805155204035 },
    { a: 250.5, x: 300, upper: 0.001522458585674457, lower: 0.9984775414143255 },
  ])('of $a at $x leaves $upper above', ({ a, x, upper, lower }) => {
    expect(gammaTails(a, x).upper / upper).toBeCloseTo(1, 12);
    expect(gammaTails(a, x).lower / lower).toBeCloseTo(1, 12);
  });

  it('has nothing below 0', () => {
    expect(gammaTails(2, 0)).toEqual({ lower: 0, upper: 1 });
  });
});

describe('the Poisson distribution', () => {
  it('is right where other libraries give up', () => {
    expect(poissonCdf(500, 500)).toBeCloseTo(0.5118911216987517, 12);
  });

  it('has tails that add up to one, and steps that are its probabilities', () => {
    fc.assert(
      fc.property(fc.nat(300), fc.double({ min: 0.01, max: 300, noNaN: true }), (k, mean) => {
        expect(poissonCdf(k, mean) + poissonUpperTail(k + 1, mean)).toBeCloseTo(1, 13);
        const ratio = (poissonCdf(k + 1, mean) - poissonCdf(k, mean)) * (k + 1);
        expect(Math.abs(ratio - mean * (poissonCdf(k, mean) - poissonCdf(k - 1, mean)))).toBeLessThan(1e-10);
      }),
    );
  });

  it('expects no event where none is to be expected', () => {
    expect([poissonCdf(-1, 3), poissonCdf(0, 0), poissonUpperTail(0, 3), poissonUpperTail(1, 0)]).toEqual([0, 1, 1, 0]);
  });
});

describe('the normal distribution', () => {
  it.each([
    { z: -30, value: 4.906713927148187e-198 },
    { z: -6, value: 9.86587645037698e-10 },
    { z: -1.96, value: 0.024997895148220435 },
    { z: -0.5, value: 0.3085375387259869 },
    { z: 0, value: 0.5 },
    { z: 0.1, value: 0.539827837277029 },
    { z: 1, value: 0.8413447460685429 },
    { z: 3, value: 0.9986501019683699 },
  ])('of $z is $value', ({ z, value }) => {
    expect(normalCdf(z) / value).toBeCloseTo(1, 12);
  });

  it('is inverted by its quantile, and mirrored at 0', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-300, max: 0.5, noNaN: true }), (p) => {
        expect(normalCdf(normalQuantile(p)) / p).toBeCloseTo(1, 11);
        expect(normalCdf(-normalQuantile(p))).toBeCloseTo(1 - p, 14);
      }),
    );
  });

  it('has no end', () => {
    expect([normalQuantile(0), normalQuantile(0.5), normalQuantile(1)]).toEqual([-Infinity, 0, Infinity]);
  });
});
