import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jeffreysInterval, wilsonInterval } from './interval.ts';

const counts = fc
  .tuple(fc.integer({ min: 1, max: 5000 }), fc.nat(5000))
  .map(([n, k]) => ({ sessions: n, reschedules: k % (n + 1) }));

describe.each([
  { name: "Wilson's interval", interval: wilsonInterval },
  { name: "Jeffreys' interval", interval: jeffreysInterval },
])('$name', ({ interval }) => {
  it('of no session is none', () => {
    expect(interval({ sessions: 0, reschedules: 0 })).toBe(null);
  });

  it('lies within 0 and 1 and around the rate, and reaches 0 where nothing was moved and 1 where all was', () => {
    fc.assert(
      fc.property(counts, (window) => {
        const { lower, upper } = interval(window) ?? { lower: NaN, upper: NaN };
        const rate = window.reschedules / window.sessions;
        expect(0 <= lower && lower <= rate && rate <= upper && upper <= 1).toBe(true);
        expect(lower === 0).toBe(window.reschedules === 0);
        expect(upper === 1).toBe(window.reschedules === window.sessions);
      }),
    );
  });

  it('is mirrored when moved and kept sessions change places', () => {
    fc.assert(
      fc.property(counts, ({ sessions, reschedules }) => {
        const one = interval({ sessions, reschedules });
        const other = interval({ sessions, reschedules: sessions - reschedules });
        expect(one?.lower).toBeCloseTo(1 - (other?.upper ?? NaN), 12);
      }),
    );
  });

  it('is wider for more confidence, and narrower for more sessions of the same rate', () => {
    fc.assert(
      fc.property(counts, fc.integer({ min: 2, max: 9 }), (window, times) => {
        const more = { sessions: window.sessions * times, reschedules: window.reschedules * times };
        expect(width(interval(window, 0.99))).toBeGreaterThan(width(interval(window, 0.9)));
        expect(width(interval(more))).toBeLessThan(width(interval(window)));
      }),
    );
  });
});

it('covers a rate of 15 % in about 95 of 100 windows of 50 sessions, counted out', () => {
  for (const interval of [wilsonInterval, jeffreysInterval]) {
    let covered = 0;
    let chance = 0.85 ** 50;
    for (let k = 0; k <= 50; k += 1) {
      const { lower, upper } = interval({ sessions: 50, reschedules: k }) ?? { lower: NaN, upper: NaN };
      if (lower <= 0.15 && 0.15 <= upper) covered += chance;
      chance *= ((50 - k) / (k + 1)) * (0.15 / 0.85);
    }
    expect(covered).toBeGreaterThan(0.92);
    expect(covered).toBeLessThan(0.98);
  }
});

function width(interval: { lower: number; upper: number } | null): number {
  return interval === null ? NaN : interval.upper - interval.lower;
}
