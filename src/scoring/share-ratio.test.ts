import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { binomialProbability } from './binomial.ts';
import { midPInterval } from './rate-ratio.ts';
import { shareRatio } from './share-ratio.ts';

describe('a ratio of shares', () => {
  it.each([
    // Heart attacks with a placebo and with aspirin: Agresti 2013, Categorical Data Analysis, section 3.1.4.
    [189, 11_034, 104, 11_037, 1.82, 1.43, 2.31],
    [10, 20, 5, 300, 30, 11.33, 79.41],
    [5, 20, 2, 200, 25, 5.18, 120.66],
  ])('of %i in %i and %i in %i counts both shares', (part, all, otherPart, otherAll, ratio, lower, upper) => {
    const found = shareRatio({ part, all }, { part: otherPart, all: otherAll });
    expect(found?.ratio).toBeCloseTo(ratio, 2);
    expect(found?.lower).toBeCloseTo(lower, 2);
    expect(found?.upper).toBeCloseTo(upper, 2);
  });

  it('against nothing has no upper end, and its lower one against the three that might have been', () => {
    const found = shareRatio({ part: 6, all: 10 }, { part: 0, all: 500 });
    expect(found).toMatchObject({ ratio: null, upper: null });
    const threeOf500 = midPInterval(6, 10).lower / (3 / 500);
    expect((found?.lower ?? NaN) / threeOf500).toBeCloseTo(1, 2);
  });

  it('does not take a share for certain because it is whole', () => {
    const found = shareRatio({ part: 5, all: 5 }, { part: 250, all: 1_000 });
    expect(found?.ratio).toBeCloseTo(4, 12);
    expect(found?.lower).toBeLessThan(4 * midPInterval(5, 5).lower);
    // No share is more than whole: above there are the others alone.
    expect(found?.upper).toBeCloseTo(4.453, 3);
  });

  it('is not had without a part, or without others', () => {
    expect(shareRatio({ part: 0, all: 5 }, { part: 3, all: 500 })).toBe(null);
    expect(shareRatio({ part: 0, all: 0 }, { part: 3, all: 500 })).toBe(null);
    expect(shareRatio({ part: 5, all: 5 }, { part: 0, all: 0 })).toBe(null);
  });

  it('holds the true one at least as often as it says, where there is one to be had', () => {
    for (const [own, usual, moves, others] of [
      [0.5, 0.02, 20, 300],
      [0.9, 0.3, 10, 150],
      [0.3, 0.05, 15, 200],
    ] as const) {
      expect(coverage(own, usual, moves, others)).toBeGreaterThan(0.95);
    }
  });

  it('grows with its own share, and narrows with more of the others', () => {
    const shares = fc.record({ part: fc.integer({ min: 1, max: 19 }), other: fc.integer({ min: 1, max: 200 }) });
    fc.assert(
      fc.property(shares, ({ part, other }) => {
        const few = shareRatio({ part, all: 20 }, { part: other, all: 200 });
        const many = shareRatio({ part, all: 20 }, { part: 10 * other, all: 2_000 });
        const more = shareRatio({ part: part + 1, all: 20 }, { part: other, all: 200 });
        expect(many?.lower).toBeGreaterThanOrEqual((few?.lower ?? NaN) * (1 - 1e-12));
        expect(many?.upper).toBeLessThanOrEqual((few?.upper ?? NaN) * (1 + 1e-12));
        expect(more?.ratio).toBeGreaterThan(few?.ratio ?? NaN);
      }),
    );
  });
});

/** How often the interval holds the true ratio, of all that two binomial counts of at least one may be. */
function coverage(one: number, other: number, draws: number, otherDraws: number): number {
  let [held, all] = [0, 0];
  for (let k = 1; k <= draws; k += 1) {
    for (let m = 1; m <= otherDraws; m += 1) {
      const chance = binomialProbability(k, draws, one) * binomialProbability(m, otherDraws, other);
      if (chance < 1e-9) continue;
      const found = shareRatio({ part: k, all: draws }, { part: m, all: otherDraws });
      all += chance;
      if ((found?.lower ?? NaN) <= one / other && one / other <= (found?.upper ?? NaN)) held += chance;
    }
  }
  return held / all;
}
