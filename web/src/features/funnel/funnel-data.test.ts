import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { boundsAround, hasBounds, isWithin } from './funnel-data.ts';

test('bounds take in what lies on their edges', () => {
  const bounds = { sessions_from: 20, sessions_to: 40, rate_from: 10, rate_to: 25 };
  expect(isWithin(bounds, { sessions: 20, reschedules: 2 })).toBe(true);
  expect(isWithin(bounds, { sessions: 40, reschedules: 10 })).toBe(true);
  expect(isWithin(bounds, { sessions: 19, reschedules: 2 })).toBe(false);
  expect(isWithin(bounds, { sessions: 41, reschedules: 5 })).toBe(false);
  expect(isWithin(bounds, { sessions: 40, reschedules: 3 })).toBe(false);
  expect(isWithin(bounds, { sessions: 40, reschedules: 11 })).toBe(false);
});

test('a bound that is absent leaves nobody out', () => {
  expect(isWithin({}, { sessions: 1, reschedules: 1 })).toBe(true);
  expect(isWithin({ rate_from: 50 }, { sessions: 9_999, reschedules: 9_999 })).toBe(true);
  expect(hasBounds({})).toBe(false);
  expect(hasBounds({ sessions_from: 0 })).toBe(true);
});

test('the bounds around counts take them in, however the rate is rounded', () => {
  const counts = fc
    .integer({ min: 1, max: 3_000 })
    .chain((sessions) =>
      fc.record({ sessions: fc.constant(sessions), reschedules: fc.integer({ min: 0, max: sessions }) }),
    );
  fc.assert(
    fc.property(counts, (each) => {
      const bounds = boundsAround(each);
      expect(isWithin(bounds, each)).toBe(true);
      expect((bounds.rate_to ?? NaN) - (bounds.rate_from ?? NaN)).toBeLessThan(0.1 + 1e-9);
    }),
  );
});
