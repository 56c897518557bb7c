import { expect, it } from 'vitest';
import references from '../../test/data/special_functions.json' with { type: 'json' };
import { watchReads } from '../../test/every-value.ts';
import { binomialCdf, binomialUpperTail } from './binomial.ts';
import { betaCdf, betaQuantile, betaUpperTail } from './incomplete-beta.ts';
import { normalCdf, normalQuantile } from './normal.ts';
import { poissonCdf, poissonUpperTail } from './poisson.ts';

type Reference = { a: number[]; v: number };

const { data, unread } = watchReads(references);

it.each<{ name: string; rows: Reference[]; compute: (given: number[]) => number }>([
  {
    name: 'the beta quantile',
    rows: data.beta_quantile,
    compute: ([p = NaN, a = NaN, b = NaN]) => betaQuantile(p, a, b),
  },
  { name: 'the beta distribution', rows: data.beta_cdf, compute: ([x = NaN, a = NaN, b = NaN]) => betaCdf(x, a, b) },
  { name: 'the binomial', rows: data.binomial_cdf, compute: ([k = NaN, n = NaN, p = NaN]) => binomialCdf(k, n, p) },
  { name: 'the Poisson', rows: data.poisson_cdf, compute: ([k = NaN, mean = NaN]) => poissonCdf(k, mean) },
  { name: 'the normal quantile', rows: data.normal_quantile, compute: ([p = NaN]) => normalQuantile(p) },
])('$name has every digit of the references, in far tails too', ({ rows, compute }) => {
  expect(rows.length).toBeGreaterThan(9);
  for (const { a: given, v: reference } of rows) {
    const error = Math.abs(compute(given) / reference - 1);
    expect(error, `${given.join(', ')} should give ${reference}`).toBeLessThan(1e-12);
  }
});

it('gives upper tails that are the rest of the lower ones', () => {
  for (const {
    a: [x = NaN, a = NaN, b = NaN],
    v,
  } of data.beta_cdf) {
    expect(betaUpperTail(x, a, b)).toBeCloseTo(1 - v, 13);
    expect(betaUpperTail(1 - x, b, a) / v).toBeCloseTo(1, 10);
  }
  for (const {
    a: [k = NaN, n = NaN, p = NaN],
    v,
  } of data.binomial_cdf) {
    expect(binomialUpperTail(k + 1, n, p)).toBeCloseTo(1 - v, 13);
  }
  for (const {
    a: [k = NaN, mean = NaN],
    v,
  } of data.poisson_cdf) {
    expect(poissonUpperTail(k + 1, mean)).toBeCloseTo(1 - v, 13);
  }
  for (const {
    a: [p = NaN],
    v,
  } of data.normal_quantile)
    expect(normalCdf(v) / p).toBeCloseTo(1, 12);
});

it('inverts the beta distribution at each reference', () => {
  for (const {
    a: [p = NaN, a = NaN, b = NaN],
    v,
  } of data.beta_quantile) {
    expect(betaCdf(v, a, b)).toBeCloseTo(p, 10);
  }
});

it('looks at every value of the file', () => {
  expect(unread()).toEqual([]);
});
