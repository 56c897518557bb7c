import { describe, expect, it } from 'vitest';
import published from '../../test/data/vectors.json' with { type: 'json' };
import { watchReads } from '../../test/every-value.ts';
import { binomialMidP, binomialUpperTail } from './binomial.ts';
import { driftChart, driftWeights } from './drift.ts';
import { adjustBenjaminiHochberg } from './false-discovery.ts';
import { exactLimit, overdispersedLimits } from './funnel.ts';
import { adjustHolm } from './holm.ts';
import { betaQuantile, betaUpperTail } from './incomplete-beta.ts';
import { type Interval, jeffreysInterval, wilsonInterval } from './interval.ts';
import { expectedSteps } from './markov-chain.ts';
import { normalCdf, normalQuantile } from './normal.ts';
import { overdispersion } from './overdispersion.ts';
import { credibleInterval, expectedRate, posteriorOf, probabilityAbove } from './posterior.ts';
import { midPInterval, rateRatio } from './rate-ratio.ts';
import { rescheduleRate } from './reschedule-rate.ts';
import { isAboveThreshold } from './risk.ts';
import { averageRunLength } from './run-length.ts';

const { data, unread } = watchReads(published);
const Z = normalQuantile(0.975);

describe('intervals', () => {
  it('are those of Newcombe 1998, and so are others made of the same parts', () => {
    for (const row of data.newcombe1998_table1.rows) {
      const [x, n] = [row.x, row.n];
      expectRounded(wilsonInterval({ sessions: n, reschedules: x }), row.wilson, 4);
      expectRounded(midPInterval(x, n), row.mid_p, 4);
      expectRounded(clopperPearson(x, n), row.clopper_pearson, 4);
      const reach = Z * Math.sqrt(((x / n) * (1 - x / n)) / n);
      expectRounded({ lower: Math.max(0, x / n - reach), upper: x / n + reach }, row.wald, 4);
      expectRounded(wilsonWithCorrection(x, n), row.wilson_cc, 4);
    }
  });

  it('are right for the windows of this field', () => {
    for (const row of data.domain_intervals.rows) {
      const counts = { sessions: row.n, reschedules: row.x };
      const [a, b] = [row.x + 0.5, row.n - row.x + 0.5];
      expect(rescheduleRate(counts)).toBeCloseTo(row.rate * 100, 1);
      expectExact(wilsonInterval(counts), row.wilson95);
      const [lower = NaN, upper = NaN] = row.jeffreys95_raw;
      expectExact(jeffreysInterval(counts), [row.x === 0 ? 0 : lower, row.x === row.n ? 1 : upper]);
      expectExact({ lower: betaQuantile(0.025, a, b), upper: betaQuantile(0.975, a, b) }, [lower, upper]);
      expectExact(clopperPearson(row.x, row.n), row.clopper_pearson95);
      expectClose(betaQuantile(0.05, a, b), row.jeffreys_lower95_one_sided);
      expectClose(probabilityAbove({ a, b }, 0.15), row['P_jeffreys_p_gt_0.15']);
      expectClose(binomialUpperTail(row.x, row.n, 0.15), row['exact_P_X_ge_x_at_0.15']);
      expectClose(binomialMidP(row.x, row.n, 0.15), row['midp_at_0.15']);
      expect(isAboveThreshold(counts, 15)).toBe(row.strictly_over_15pct);
    }
  });

  it('have the right quantiles and upper tails behind them', () => {
    for (const { a, b, q, 'sf_0.15': tail } of data.beta_quantile.rows) {
      for (const [p, quantile] of Object.entries(q)) expectClose(betaQuantile(Number(p), a, b), quantile);
      expectClose(betaUpperTail(0.15, a, b), tail);
    }
  });
});

describe('a posterior', () => {
  it('has the expected rate, the probability above 15 % and the interval that it should', () => {
    const [a = NaN, b = NaN] = data.eb_posterior.prior;
    for (const row of data.eb_posterior.rows) {
      const posterior = posteriorOf({ a, b }, { sessions: row.n, reschedules: row.k });
      expectClose(expectedRate(posterior), row.post_mean);
      expectClose(probabilityAbove(posterior, 0.15), row['P_gt_0.15']);
      expectExact(credibleInterval(posterior), row.cri90);
    }
  });

  it('shrinks the batters of Efron and Morris as they did, and foretells the rest of the season better', () => {
    const { hits, at_bats, rest_of_season, grand_mean, shrink_c, js, sse_mle, sse_js } = data.efron_morris;
    const strength = (at_bats * (1 - shrink_c)) / shrink_c;
    const prior = { a: grand_mean * strength, b: (1 - grand_mean) * strength };
    const shrunk = hits.map((k) => expectedRate(posteriorOf(prior, { sessions: at_bats, reschedules: k })));
    for (const [index, rate] of js.entries()) expect(shrunk[index]).toBeCloseTo(rate, 4);
    expect(
      squares(
        hits.map((k) => k / at_bats),
        rest_of_season,
      ),
    ).toBeCloseTo(sse_mle, 4);
    expect(squares(shrunk, rest_of_season)).toBeCloseTo(sse_js, 4);
  });
});

describe('many looked at', () => {
  it('are adjusted as in Benjamini and Hochberg 1995', () => {
    const { p, bh_adjusted, reject_bh, reject_bonferroni } = data.bh1995;
    const adjusted = adjustBenjaminiHochberg(p);
    for (const [index, value] of bh_adjusted.entries()) expectClose(adjusted[index], value);
    expect(adjusted.filter((value) => value <= 0.05)).toHaveLength(reject_bh);
    expect(adjustHolm(p).filter((value) => value <= 0.05)).toHaveLength(reject_bonferroni);
  });

  it('let a cluster on one of seven weekdays stand only when it is clear', () => {
    for (const { k, K, s, P_ge, midp, bonf7 } of data.weekday_cluster.rows) {
      const p = binomialUpperTail(k, K, s);
      expectClose(p, P_ge);
      expectClose(binomialMidP(k, K, s), midp);
      expectClose(adjustHolm([1, 1, p, 1, 1, 1, 1])[2], bonf7);
    }
  });

  it('compare two rates as Rothman did', () => {
    const { x1, t1, x0, t0, rr, midp_two_sided, ci_midp, ci_wald } = data.rate_ratio;
    const found = rateRatio({ events: x1, exposure: t1 }, { events: x0, exposure: t0 });
    expect(found?.ratio).toBeCloseTo(rr, 6);
    expect(found?.pValue).toBeCloseTo(midp_two_sided, 6);
    expectRounded({ lower: found?.lower ?? NaN, upper: found?.upper ?? NaN }, ci_midp, 4);
    const factor = Math.exp(Z * Math.sqrt(1 / x1 + 1 / x0));
    expectRounded({ lower: rr / factor, upper: rr * factor }, ci_wald, 4);
  });
});

describe('a funnel', () => {
  it('has the interpolated exact limits of Spiegelhalter 2005', () => {
    for (const { theta, N, lo998, lo95, hi95, hi998 } of data.funnel_binomial_spiegelhalter.rows) {
      expectClose(exactLimit(theta, N, 0.001), lo998);
      expectClose(exactLimit(theta, N, 0.025), lo95);
      expectClose(exactLimit(theta, N, 0.975), hi95);
      expectClose(exactLimit(theta, N, 0.999), hi998);
    }
  });

  it('is widened by over-dispersion as in FunnelPlotR', () => {
    const { num, den, pbar, phi, tau2, z, limits } = data.funnel_overdispersion;
    const counts = den.map((sessions, index) => ({ sessions, reschedules: num[index] ?? NaN }));
    const found = overdispersion(counts, 0);
    expect(found?.centre).toBeCloseTo(pbar, 8);
    expect(found?.phi).toBeCloseTo(phi, 6);
    expect(found?.tauSquared).toBeCloseTo(tau2, 8);
    for (const [index, score] of z.entries()) expect(found?.zScores[index]).toBeCloseTo(score, 6);
    for (const { N, od95, od998 } of limits) {
      expectRounded(overdispersedLimits(pbar, N, 0.95, tau2), od95, 6);
      expectRounded(overdispersedLimits(pbar, N, 0.998, tau2), od998, 6);
    }
  });
});

describe('drift', () => {
  it('has the weights of Steiner 2000, where a raised rate has RA times the odds', () => {
    for (const { parsonnet, y, RA, intercept, w } of data.steiner2000_llr_weights.rows) {
      const usual = 1 / (1 + Math.exp(-(intercept + 0.077 * parsonnet)));
      const { moved, kept } = driftWeights(usual, (RA * usual) / (1 - usual + RA * usual));
      expect(y === 1 ? moved : kept).toBeCloseTo(w, parsonnet === 19 ? 5 : 3);
    }
  });

  it('has the run lengths of an exact linear solution', () => {
    for (const row of data.bernoulli_cusum_exact.rows) {
      const chart = driftChart(row.p0, row.p1);
      if (chart === null) throw new Error('There is a chart for every row.');
      expect(chart.keptForMove).toBe(row.m - 1);
      expectClose(chart.raisedRate, row.p1);
      expectClose(row.H_units_of_1_over_m * -chart.weights.kept, row.h_loglik);
      expectClose(averageRunLength(chart, row.h_loglik, row.p0), row.arl_p0);
      expectClose(averageRunLength(chart, row.h_loglik, row.p1), row.arl_p1);
      expectClose(averageRunLength(chart, row.h_loglik, 0.3), row['arl_0.30']);
    }
  });

  it('rests on a chain that also knows the normal CUSUM and the EWMA of the textbooks', () => {
    for (const { k, h, shift, arl } of data.normal_cusum_arl.one_sided) {
      const width = (2 * h) / (2 * STATES - 1);
      const chance = (from: number, to: number) => {
        const centre = (to - from) * width + k - shift;
        return normalCdf(centre + width / 2) - (to === 0 ? 0 : normalCdf(centre - width / 2));
      };
      expect(expectedSteps(chain(STATES, chance)) / arl).toBeCloseTo(1, 2);
    }
    for (const { lambda, L, arl } of data.ewma_arl.rows) {
      const width = (2 * L * Math.sqrt(lambda / (2 - lambda))) / STATES;
      // From the middle outwards, one to either side in turn.
      const place = (state: number) => (state % 2 === 0 ? -state / 2 : (state + 1) / 2) * width;
      for (const [shift, length] of Object.entries(arl)) {
        const chance = (from: number, to: number) => {
          const edge = (side: number) => (place(to) + (side * width) / 2 - (1 - lambda) * place(from)) / lambda;
          return normalCdf(edge(1) - Number(shift)) - normalCdf(edge(-1) - Number(shift));
        };
        expect(Math.abs(expectedSteps(chain(STATES, chance)) - length)).toBeLessThan(0.05 + 0.007 * length);
      }
    }
  });
});

it('looks at every value of the file', () => {
  expect(unread()).toEqual([]);
});

/** States of the chains that stand for a continuous statistic; odd, so that one lies in the middle. */
const STATES = 101;

function chain(size: number, chance: (from: number, to: number) => number): Map<number, number>[] {
  const states = Array.from({ length: size }, (_, state) => state);
  return states.map((from) => new Map(states.map((to) => [to, chance(from, to)])));
}

/** To 1e-10 of the value or 1e-12, whichever is looser. */
function expectClose(actual: number | undefined, expected: number): void {
  expect(Math.abs((actual ?? NaN) - expected)).toBeLessThanOrEqual(Math.max(1e-12, 1e-10 * Math.abs(expected)));
}

function expectExact(actual: Interval | null, [lower = NaN, upper = NaN]: readonly number[]): void {
  expectClose(actual?.lower, lower);
  expectClose(actual?.upper, upper);
}

function expectRounded(actual: Interval | null, [lower = NaN, upper = NaN]: readonly number[], digits: number): void {
  expect(actual?.lower).toBeCloseTo(lower, digits);
  expect(actual?.upper).toBeCloseTo(upper, digits);
}

function clopperPearson(x: number, n: number): Interval {
  return {
    lower: x === 0 ? 0 : betaQuantile(0.025, x, n - x + 1),
    upper: x === n ? 1 : betaQuantile(0.975, x + 1, n - x),
  };
}

/** Wilson's with a continuity correction, formula 4 of Newcombe 1998. */
function wilsonWithCorrection(x: number, n: number): Interval {
  const [p, q] = [x / n, 1 - x / n];
  const scale = 2 * (n + Z * Z);
  const lower = (2 * n * p + Z * Z - 1 - Z * Math.sqrt(Z * Z - 2 - 1 / n + 4 * p * (n * q + 1))) / scale;
  const upper = (2 * n * p + Z * Z + 1 + Z * Math.sqrt(Z * Z + 2 - 1 / n + 4 * p * (n * q - 1))) / scale;
  return { lower: x === 0 ? 0 : lower, upper: x === n ? 1 : upper };
}

function squares(one: readonly number[], other: readonly number[]): number {
  return one.reduce((sum, value, index) => sum + (value - (other[index] ?? NaN)) ** 2, 0);
}
