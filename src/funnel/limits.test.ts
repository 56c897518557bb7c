import { describe, expect, it } from 'vitest';
import { funnelLimits, overdispersedLimits } from '../scoring/funnel.ts';
import { drawnSessions, limitPoints } from './limits.ts';

describe('the numbers of sessions that are drawn', () => {
  it('are all of them where they are few, and none without sessions', () => {
    expect(drawnSessions(0)).toEqual([]);
    expect(drawnSessions(4)).toEqual([1, 2, 3, 4]);
  });

  it.each([91, 400, 25_000])('go from 1 to %i, rising, 60 to 100 of them, closer together where few', (most) => {
    const numbers = drawnSessions(most);
    expect([numbers.at(0), numbers.at(-1)]).toEqual([1, most]);
    expect(numbers).toEqual([...new Set(numbers)].sort((one, other) => one - other));
    expect(numbers.length).toBeGreaterThanOrEqual(60);
    expect(numbers.length).toBeLessThanOrEqual(100);
    const [one = 0, two = 0, beforeLast = 0, last = 0] = [...numbers.slice(0, 2), ...numbers.slice(-2)];
    expect(two - one).toBeLessThan(last - beforeLast);
  });
});

describe('the limits', () => {
  it('are those of chance in per cent, and the overdispersed ones no wider where tutors differ by no more', () => {
    const point = limitPoints(0.08, 0, 85).at(-1);
    const [warning, alarm] = [funnelLimits(0.08, 85, 0.95), funnelLimits(0.08, 85, 0.998)];
    expect(point?.lower_95).toBeCloseTo(100 * (warning?.lower ?? NaN), 2);
    expect(point?.upper_95).toBeCloseTo(100 * (warning?.upper ?? NaN), 2);
    expect(point?.lower_998).toBeCloseTo(100 * (alarm?.lower ?? NaN), 2);
    expect(point?.upper_998).toBeCloseTo(100 * (alarm?.upper ?? NaN), 2);
    expect([point?.overdispersed_lower_998, point?.overdispersed_upper_998]).toEqual([
      point?.lower_998,
      point?.upper_998,
    ]);
  });

  it('are wider where tutors differ by more', () => {
    const point = limitPoints(0.08, 0.01, 85).at(-1);
    const wide = overdispersedLimits(0.08, 85, 0.95, 0.01);
    expect(point?.overdispersed_lower_95).toBeCloseTo(100 * (wide?.lower ?? NaN), 2);
    expect(point?.overdispersed_upper_95).toBeCloseTo(100 * (wide?.upper ?? NaN), 2);
    expect(point?.overdispersed_upper_998).toBeGreaterThan(point?.upper_998 ?? NaN);
  });

  it('are never narrower for differences than for chance', () => {
    const points = limitPoints(0.08, 1e-6, 85);
    expect(100 * (overdispersedLimits(0.08, 85, 0.95, 1e-6)?.lower ?? NaN)).toBeGreaterThan(
      points.at(-1)?.lower_95 ?? NaN,
    );
    expect(
      points.filter(
        (each) => each.overdispersed_lower_95 > each.lower_95 || each.overdispersed_upper_95 < each.upper_95,
      ),
    ).toEqual([]);
    expect(
      points.filter(
        (each) => each.overdispersed_lower_998 > each.lower_998 || each.overdispersed_upper_998 < each.upper_998,
      ),
    ).toEqual([]);
  });
});
