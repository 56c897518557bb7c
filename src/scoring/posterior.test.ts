import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { credibleInterval, expectedRate, posteriorOf, probabilityAbove } from './posterior.ts';

const PRIOR = { a: 2.04, b: 23.95 };
const counts = fc
  .tuple(fc.integer({ min: 0, max: 500 }), fc.nat(500))
  .map(([n, k]) => ({ sessions: n, reschedules: k % (n + 1) }));
const share = fc.double({ min: 0.01, max: 0.99, noNaN: true });

/** Two ways to nearly the same number differ in its last digits. */
const ROUNDING = 1e-12;

describe('the posterior of a rate', () => {
  it.each([
    { reschedules: 1, sessions: 1, probability: 0.237 },
    { reschedules: 8, sessions: 27, probability: 0.758 },
    { reschedules: 20, sessions: 85, probability: 0.908 },
  ])('$reschedules of $sessions is above 15 % with probability $probability', ({ probability, ...window }) => {
    expect(probabilityAbove(posteriorOf(PRIOR, window), 0.15)).toBeCloseTo(probability, 3);
  });

  it('is the prior while there is no session', () => {
    expect(posteriorOf(PRIOR, { sessions: 0, reschedules: 0 })).toEqual(PRIOR);
  });

  it('is the same whether sessions are added at once or one window after another', () => {
    fc.assert(
      fc.property(counts, counts, (one, other) => {
        const { a, b } = posteriorOf(posteriorOf(PRIOR, one), other);
        const sum = {
          sessions: one.sessions + other.sessions,
          reschedules: one.reschedules + other.reschedules,
        };
        const atOnce = posteriorOf(PRIOR, sum);
        expect(a).toBeCloseTo(atOnce.a, 10);
        expect(b).toBeCloseTo(atOnce.b, 10);
      }),
    );
  });

  it('expects a rate between that of all tutors and the own one, within its interval', () => {
    fc.assert(
      fc.property(counts, (window) => {
        fc.pre(window.sessions > 0);
        const belief = posteriorOf(PRIOR, window);
        const rate = expectedRate(belief);
        const ends = [expectedRate(PRIOR), window.reschedules / window.sessions];
        expect(rate).toBeGreaterThanOrEqual(Math.min(...ends));
        expect(rate).toBeLessThanOrEqual(Math.max(...ends));
        const { lower, upper } = credibleInterval(belief);
        expect(lower < rate && rate < upper).toBe(true);
        expect(probabilityAbove(belief, lower)).toBeCloseTo(0.95, 9);
        expect(probabilityAbove(belief, upper)).toBeCloseTo(0.05, 9);
      }),
    );
  });

  it('is surer of a high rate after a move, less sure after a kept session, and of any lower threshold', () => {
    fc.assert(
      fc.property(counts, share, share, ({ sessions, reschedules }, one, other) => {
        const belief = posteriorOf(PRIOR, { sessions, reschedules });
        const now = probabilityAbove(belief, one);
        const moved = { sessions: sessions + 1, reschedules: reschedules + 1 };
        expect(probabilityAbove(posteriorOf(PRIOR, moved), one)).toBeGreaterThanOrEqual(now - ROUNDING);
        const kept = { sessions: sessions + 1, reschedules };
        expect(probabilityAbove(posteriorOf(PRIOR, kept), one)).toBeLessThanOrEqual(now + ROUNDING);
        const [low, high] = [Math.min(one, other), Math.max(one, other)];
        expect(probabilityAbove(belief, low)).toBeGreaterThanOrEqual(probabilityAbove(belief, high) - ROUNDING);
      }),
    );
  });
});
