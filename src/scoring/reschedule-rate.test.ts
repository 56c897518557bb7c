import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rescheduleRate } from './reschedule-rate.ts';

/** Counts as a window can hold them: never more moves than sessions, at least one session. */
const counts = fc
  .tuple(fc.integer({ min: 1, max: 1_000_000_000 }), fc.nat(1_000_000_000))
  .map(([a, b]) => ({ sessions: Math.max(a, b), reschedules: Math.min(a, b) }));

describe('a reschedule rate', () => {
  it.each([
    { sessions: 27, reschedules: 5, rate: 18.52 },
    { sessions: 20, reschedules: 3, rate: 15 },
    { sessions: 4006, reschedules: 601, rate: 15 },
    { sessions: 3, reschedules: 1, rate: 33.33 },
    { sessions: 3, reschedules: 2, rate: 66.67 },
    { sessions: 7, reschedules: 0, rate: 0 },
    { sessions: 7, reschedules: 7, rate: 100 },
    { sessions: 1, reschedules: 1, rate: 100 },
    // Halves of a hundredth go up, also where division in doubles falls just short of them.
    { sessions: 800, reschedules: 1, rate: 0.13 },
    { sessions: 160, reschedules: 23, rate: 14.38 },
    { sessions: 800, reschedules: 57, rate: 7.13 },
    { sessions: 8_000, reschedules: 294, rate: 3.68 },
    { sessions: 2_000, reschedules: 201, rate: 10.05 },
    { sessions: 20_000, reschedules: 201, rate: 1.01 },
    { sessions: 20_000, reschedules: 200, rate: 1 },
    { sessions: 20_001, reschedules: 1, rate: 0 },
    { sessions: 20_000, reschedules: 1, rate: 0.01 },
    { sessions: 20_000, reschedules: 19_999, rate: 100 },
    { sessions: 20_001, reschedules: 19_999, rate: 99.99 },
  ])('of $reschedules in $sessions sessions is $rate', ({ sessions, reschedules, rate }) => {
    expect(rescheduleRate({ sessions, reschedules })).toBe(rate);
  });

  it('of no session is none, which is not zero', () => {
    expect(rescheduleRate({ sessions: 0, reschedules: 0 })).toBe(null);
  });

  it('is the nearest number of two decimals, in exact arithmetic', () => {
    fc.assert(
      fc.property(counts, ({ sessions, reschedules }) => {
        const [n, k] = [BigInt(sessions), BigInt(reschedules)];
        const hundredths = (20_000n * k + n) / (2n * n);
        expect(rescheduleRate({ sessions, reschedules })).toBe(Number(hundredths) / 100);
      }),
    );
  });

  it('lies between 0 and 100, and never falls when one more session was moved', () => {
    fc.assert(
      fc.property(counts, ({ sessions, reschedules }) => {
        const rate = rescheduleRate({ sessions, reschedules }) ?? Number.NaN;
        expect(rate).toBeGreaterThanOrEqual(0);
        expect(rate).toBeLessThanOrEqual(100);
        const more = rescheduleRate({ sessions, reschedules: Math.min(reschedules + 1, sessions) });
        expect(more).toBeGreaterThanOrEqual(rate);
      }),
    );
  });

  it('does not change when everything happens several times over', () => {
    fc.assert(
      fc.property(counts, fc.integer({ min: 2, max: 1000 }), ({ sessions, reschedules }, times) => {
        const once = rescheduleRate({ sessions, reschedules });
        expect(rescheduleRate({ sessions: sessions * times, reschedules: reschedules * times })).toBe(once);
      }),
    );
  });
});
