import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { binomialUpperTail } from './binomial.ts';
import { exactLimit, FUNNEL_COVERAGES, funnelLimits, overdispersedLimits } from './funnel.ts';
import { overdispersion } from './overdispersion.ts';

const rate = fc.double({ min: 0.005, max: 0.6, noNaN: true });
const sessions = fc.integer({ min: 1, max: 3000 });
const NONE = { lower: NaN, upper: NaN };

describe('the limits of a funnel', () => {
  it('are none without sessions', () => {
    expect(funnelLimits(0.08, 0, 0.95)).toBe(null);
    expect(overdispersedLimits(0.08, 0, 0.95, 0)).toBe(null);
  });

  it('have no lower limit where even no move at all is no surprise', () => {
    expect(funnelLimits(0.08, 10, 0.998)).toEqual({ lower: 0, upper: exactLimit(0.08, 10, 0.999) });
  });

  it('lie within 0 and 1, the alarm outside of the warning, wider for fewer sessions', () => {
    fc.assert(
      fc.property(rate, sessions, (centre, n) => {
        const [warning, alarm] = FUNNEL_COVERAGES.map((coverage) => funnelLimits(centre, n, coverage) ?? NONE);
        const ends = [0, alarm?.lower, warning?.lower, warning?.upper, alarm?.upper, 1];
        expect(ends).toEqual([...ends].sort((one, other) => (one ?? NaN) - (other ?? NaN)));
        const more = funnelLimits(centre, 100 * n, 0.998) ?? NONE;
        expect(more.upper - more.lower).toBeLessThan((alarm?.upper ?? NaN) - (alarm?.lower ?? NaN));
      }),
    );
  });

  it('leave out what chance does less often than they say, and no more', () => {
    fc.assert(
      fc.property(rate, sessions, (centre, n) => {
        const next = Math.ceil(exactLimit(centre, n, 0.975) * n - 1e-9);
        expect(binomialUpperTail(next + 1, n, centre)).toBeLessThanOrEqual(0.025 + 1e-12);
        expect(binomialUpperTail(next, n, centre)).toBeGreaterThanOrEqual(0.025 - 1e-6);
      }),
    );
  });

  it('come close to those of the arcsine scale for many sessions, which over-dispersion widens', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.05, max: 0.6, noNaN: true }), (centre) => {
        const exact = funnelLimits(centre, 100_000, 0.95) ?? NONE;
        const plain = overdispersedLimits(centre, 100_000, 0.95, 0) ?? NONE;
        const wide = overdispersedLimits(centre, 100_000, 0.95, 0.001) ?? NONE;
        expect(Math.abs(plain.lower - exact.lower)).toBeLessThan(1e-4);
        expect(Math.abs(plain.upper - exact.upper)).toBeLessThan(1e-4);
        expect(wide.lower).toBeLessThan(plain.lower);
        expect(wide.upper).toBeGreaterThan(plain.upper);
      }),
    );
    expect(overdispersedLimits(0.02, 3, 0.998, 1)).toEqual({ lower: 0, upper: 1 });
  });
});

describe('over-dispersion', () => {
  const tutors = (moves: number[]) => moves.map((reschedules) => ({ sessions: 100, reschedules }));

  it('of fewer than two tutors with sessions is not known', () => {
    expect(overdispersion([{ sessions: 9, reschedules: 1 }])).toBe(null);
    expect(overdispersion([...tutors([3]), { sessions: 0, reschedules: 0 }])).toBe(null);
  });

  it('is none where tutors are more alike than chance makes them', () => {
    const found = overdispersion(tutors([8, 8, 9, 7, 8, 8, 8, 9, 7, 8]));
    expect(found?.tauSquared).toBe(0);
    expect(found?.phi).toBeLessThan(1);
    expect(found?.centre).toBeCloseTo(0.08, 12);
  });

  it('leaves tutors without sessions without a score, at their place', () => {
    const found = overdispersion([...tutors([8]), { sessions: 0, reschedules: 0 }, ...tutors([30])]);
    expect(found?.zScores[1]).toBe(null);
    expect(found?.zScores[2]).toBeGreaterThan(0);
  });

  it('is not made by one tutor who stands out: that one is drawn in', () => {
    const one = tutors([8, 9, 7, 8, 10, 6, 8, 9, 7, 90]);
    expect(overdispersion(one, 0)?.tauSquared).toBeGreaterThan(0.05);
    expect(overdispersion(one)?.tauSquared).toBeLessThan(0.02);
  });
});
