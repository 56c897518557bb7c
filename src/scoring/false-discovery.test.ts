import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { adjustBenjaminiHochberg, largestSureSet } from './false-discovery.ts';
import { adjustHolm } from './holm.ts';

const pValues = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 40 });

describe.each([
  { name: 'Benjamini and Hochberg', adjust: adjustBenjaminiHochberg, example: [0.03, 0.06, 0.5] },
  { name: 'Holm', adjust: adjustHolm, example: [0.03, 0.08, 0.5] },
])('p-values adjusted by $name', ({ adjust, example }) => {
  it('are what a small example says, in the order given', () => {
    expect(adjust([0.01, 0.04, 0.5])).toEqual(example);
    expect(adjust([0.5, 0.01, 0.04])).toEqual([example[2], example[0], example[1]]);
    expect(adjust([])).toEqual([]);
  });

  it('lie between their own p-value and 1, rank as before, and one alone is left as it is', () => {
    fc.assert(
      fc.property(pValues, (p) => {
        const adjusted = adjust(p);
        for (const [index, value] of adjusted.entries()) {
          expect(value).toBeGreaterThanOrEqual(p[index] ?? NaN);
          expect(value).toBeLessThanOrEqual(1);
          const lesser = adjusted.filter((_, other) => (p[other] ?? NaN) < (p[index] ?? NaN));
          expect(Math.max(0, ...lesser)).toBeLessThanOrEqual(value);
        }
        expect(adjust(p.slice(0, 1))).toEqual(p.slice(0, 1));
      }),
    );
  });
});

it('is never stricter by the rate of false discoveries than by any false one', () => {
  fc.assert(
    fc.property(pValues, (p) => {
      const strict = adjustHolm(p);
      for (const [index, value] of adjustBenjaminiHochberg(p).entries()) {
        expect(value).toBeLessThanOrEqual((strict[index] ?? NaN) + 1e-15);
      }
    }),
  );
});

describe('the largest set of tutors that is sure enough', () => {
  it('takes in a less sure one beside surer ones', () => {
    expect(largestSureSet([0.99, 0.5, 0.93], 0.05)).toEqual([0, 2]);
    expect(largestSureSet([0.93], 0.05)).toEqual([]);
    expect(largestSureSet([], 0.05)).toEqual([]);
  });

  it('takes in whoever is wrong just as often as allowed', () => {
    expect(largestSureSet([0.95, 0.95, 0.95], 0.05)).toEqual([0, 1, 2]);
  });

  it('is as large as any set that keeps to the level', () => {
    const percents = fc.array(fc.integer({ min: 0, max: 100 }), { maxLength: 8 });
    fc.assert(
      fc.property(percents, fc.constantFrom(5, 10, 25), (chances, level) => {
        let largest = 0;
        for (let subset = 0; subset < 2 ** chances.length; subset += 1) {
          const members = chances.filter((_, index) => (subset >> index) % 2 === 1);
          const wrong = members.reduce((sum, chance) => sum + 100 - chance, 0);
          if (wrong <= level * members.length) largest = Math.max(largest, members.length);
        }
        const chosen = largestSureSet(
          chances.map((chance) => chance / 100),
          level / 100,
        );
        expect(chosen).toHaveLength(largest);
        const wrong = chosen.reduce((sum, index) => sum + 100 - (chances[index] ?? NaN), 0);
        expect(wrong).toBeLessThanOrEqual(level * chosen.length);
      }),
    );
  });
});
