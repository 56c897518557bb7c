import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findRoot } from './root.ts';

describe('a root', () => {
  it('is found to the last digits', () => {
    expect(findRoot((x) => x * x - 2, 0, 2)).toBeCloseTo(Math.SQRT2, 15);
    expect(findRoot((x) => Math.exp(x) - 1e-9, -100, 100)).toBeCloseTo(Math.log(1e-9), 13);
  });

  it('is found in few looks, also where the function is flat around it or leaps', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.001, max: 0.9, noNaN: true }), fc.constantFrom(1, 3, 9), (root, power) => {
        let looks = 0;
        const found = findRoot(
          (x) => {
            looks += 1;
            return (x - root) ** power;
          },
          -1,
          1,
        );
        expect(found).toBeCloseTo(root, 12);
        expect(looks).toBeLessThan(200);
      }),
    );
    expect(findRoot((x) => (x < 0.3 ? -1 : 1), 0, 1)).toBeCloseTo(0.3, 14);
  });

  it('is the nearer end where there is none inside', () => {
    expect(findRoot((x) => x + 1, 0, 2)).toBe(0);
    expect(findRoot((x) => x - 3, 0, 2)).toBe(2);
    expect(findRoot((x) => x, 0, 2)).toBe(0);
  });
});
