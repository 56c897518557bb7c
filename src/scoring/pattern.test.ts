import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findPatterns, type Place } from './pattern.ts';
import { rateRatio } from './rate-ratio.ts';

/** A fifth of a hundred sessions, with so many of all moves. */
const friday = (moves: number, ofAll: number): Place => ({
  against: 'own_sessions',
  inside: { sessions: 20, reschedules: moves },
  all: { sessions: 100, reschedules: ofAll },
});

describe('a pattern', () => {
  it('is not seen in 3 of 5 moves on a day with a fifth of the sessions', () => {
    const [pattern] = findPatterns([friday(3, 5)]);
    expect(pattern?.pValue).toBeCloseTo(0.05792, 12);
    expect(pattern?.isSpoken).toBe(false);
  });

  it('is seen in 12 of 20, with how many times as often and from where to where', () => {
    const [pattern] = findPatterns([friday(12, 20)]);
    expect(pattern?.pValue).toBeCloseTo(1.0172876515704841e-4, 14);
    expect(pattern?.isSpoken).toBe(true);
    // (12 / 20) / (8 / 80)
    expect(pattern?.ratio?.ratio).toBeCloseTo(6, 12);
    expect(pattern?.ratio?.lower).toBeGreaterThan(2);
    expect(pattern?.ratio?.upper).toBeLessThan(16);
  });

  it('is harder to see the more was looked at, and first the most surprising one', () => {
    const week = [0, 1, 2, 1, 6, 0, 0].map((moves, day) => ({
      day,
      ...friday(moves, 10),
    }));
    const [first, ...others] = findPatterns(week);
    expect(first?.place.day).toBe(4);
    expect(first?.adjustedP).toBeCloseTo(0.044585676800000015, 12);
    expect(first?.isSpoken).toBe(true);
    expect(others.some(({ isSpoken }) => isSpoken)).toBe(false);
    expect(findPatterns<Place>([...week, friday(0, 10)])[0]?.isSpoken).toBe(false);
  });

  it('is not spoken of below five moves, however they lie', () => {
    const four = { inside: { sessions: 4, reschedules: 4 }, all: { sessions: 500, reschedules: 4 } };
    const [pattern] = findPatterns([{ against: 'own_sessions', ...four }]);
    expect(pattern?.pValue).toBeLessThan(1e-6);
    expect(pattern?.isSpoken).toBe(false);
  });

  it('is not there without sessions, without moves, or where all sessions lie', () => {
    const nothing = { sessions: 0, reschedules: 0 };
    const everything = { sessions: 9, reschedules: 9 };
    const places = [
      { inside: nothing, all: nothing },
      { inside: nothing, all: everything },
      { inside: everything, all: everything },
      friday(0, 0),
    ];
    const own = places.map((place): Place => ({ ...place, against: 'own_sessions' }));
    for (const { pValue, isSpoken, ratio } of findPatterns(own)) {
      expect({ pValue, isSpoken, ratio }).toEqual({ pValue: 1, isSpoken: false, ratio: null });
    }
    expect(findPatterns([])).toEqual([]);
  });

  it('is spoken of by chance for fewer than one tutor in twenty, counted out over ten moves', () => {
    let spoken = 0;
    for (let moves = 0; moves <= 10; moves += 1) {
      const [pattern] = findPatterns([friday(moves, 10)]);
      if (pattern?.isSpoken) spoken += chanceOf(moves, 10, 0.2);
    }
    expect(spoken).toBeGreaterThan(0);
    expect(spoken).toBeLessThan(0.05);
  });
});

describe('a pattern of days', () => {
  const whole = {
    ...friday(6, 8),
    days: { inside: { sessions: 13, reschedules: 1 }, all: { sessions: 65, reschedules: 3 } },
  };

  it('is not made by one day on which everything was moved', () => {
    const [byDays] = findPatterns([whole]);
    expect(byDays?.isSpoken).toBe(false);
    expect(byDays?.pValue).toBeCloseTo(1 - 0.8 ** 3, 12);
    expect(findPatterns([friday(6, 8)])[0]?.isSpoken).toBe(true);
  });

  it('must be one of sessions, too', () => {
    const days = { inside: { sessions: 13, reschedules: 12 }, all: { sessions: 65, reschedules: 20 } };
    const [pattern] = findPatterns([{ ...friday(4, 20), days }]);
    expect(pattern?.isSpoken).toBe(false);
  });
});

describe('a pattern of moves, against those of others', () => {
  const against = (inside: [number, number], all: [number, number]): Place => ({
    against: 'other_moves',
    inside: { reschedules: inside[0], sessions: inside[1] },
    all: { reschedules: all[0], sessions: all[1] },
  });

  it('has the chance of the exact test of two shares', () => {
    const moves = fc.record({ k: fc.nat(12), m: fc.nat(199), own: fc.integer({ min: 1, max: 12 }) });
    fc.assert(
      fc.property(moves, ({ k, m, own }) => {
        fc.pre(k <= own);
        const [pattern] = findPatterns([against([k, m], [own, 200])]);
        let tail = 0;
        for (let x = k; x <= Math.min(own, k + m); x += 1) tail += drawn(x, own, k + m, own + 200);
        expect(pattern?.pValue).toBeCloseTo(tail, 10);
      }),
    );
  });

  it.each([
    { inside: [15, 250], all: [20, 1_000], expected: [3, 2.28, 3.95] },
    { inside: [10, 5], all: [20, 300], expected: [30, 11.33, 79.41] },
    { inside: [5, 2], all: [20, 200], expected: [25, 5.18, 120.66] },
  ] as const)('of $inside in $all says how many times as often, in shares that are both counted', (row) => {
    const [pattern] = findPatterns([against([...row.inside], [...row.all])]);
    expect(pattern?.isSpoken).toBe(true);
    const [ratio, lower, upper] = row.expected;
    expect(pattern?.ratio?.ratio).toBeCloseTo(ratio, 12);
    expect(pattern?.ratio?.lower).toBeCloseTo(lower, 2);
    expect(pattern?.ratio?.upper).toBeCloseTo(upper, 2);
  });

  it('of which no other tutor has one can be seen, and has no upper end', () => {
    const [pattern] = findPatterns([against([6, 0], [10, 500])]);
    expect(pattern?.isSpoken).toBe(true);
    expect(pattern?.ratio).toMatchObject({ ratio: null, upper: null });
    // A share of at least 0.29 against one of at most 3 in 500.
    expect(pattern?.ratio?.lower).toBeCloseTo(49.1, 0);
  });

  it('is not there where others have too few moves to tell what is usual, or all of theirs lie', () => {
    const silent = [against([10, 0], [10, 99]), against([10, 200], [10, 200]), against([0, 0], [0, 0])];
    for (const { pValue, isSpoken } of findPatterns(silent)) expect([pValue, isSpoken]).toEqual([1, false]);
  });
});

describe('a ratio of rates', () => {
  it('is not had without events or without exposure', () => {
    expect(rateRatio({ events: 0, exposure: 5 }, { events: 0, exposure: 5 })).toBe(null);
    expect(rateRatio({ events: 1, exposure: 5 }, { events: 0, exposure: 0 })).toBe(null);
    expect(rateRatio({ events: 0, exposure: 0 }, { events: 1, exposure: 5 })).toBe(null);
  });

  it('has no upper end where the other place has no event, and begins at 0 where this one has none', () => {
    const one = rateRatio({ events: 4, exposure: 10 }, { events: 0, exposure: 10 });
    expect(one).toMatchObject({ ratio: null, upper: null });
    expect(one?.lower).toBeGreaterThan(0);
    expect(rateRatio({ events: 0, exposure: 10 }, { events: 4, exposure: 10 })).toMatchObject({ ratio: 0, lower: 0 });
  });

  it('is turned over when the places change, and holds 1 just when it is no surprise', () => {
    const place = fc.record({ events: fc.integer({ min: 1, max: 60 }), exposure: fc.integer({ min: 1, max: 500 }) });
    fc.assert(
      fc.property(place, place, (one, other) => {
        const found = rateRatio(one, other);
        const turned = rateRatio(other, one);
        expect((found?.ratio ?? NaN) * (turned?.ratio ?? NaN)).toBeCloseTo(1, 9);
        expect((found?.lower ?? NaN) * (turned?.upper ?? NaN)).toBeCloseTo(1, 6);
        expect(found?.pValue).toBeCloseTo(turned?.pValue ?? NaN, 9);
        const p = found?.pValue ?? NaN;
        fc.pre(Math.abs(p - 0.05) > 1e-9);
        expect((found?.lower ?? NaN) <= 1 && 1 <= (found?.upper ?? NaN)).toBe(p > 0.05);
      }),
    );
  });
});

/** P(x of `drawn` balls are red) without putting back, of `red` among `all`. */
function drawn(x: number, draws: number, red: number, all: number): number {
  return Math.exp(logChoose(red, x) + logChoose(all - red, draws - x) - logChoose(all, draws));
}

function logChoose(n: number, k: number): number {
  if (k < 0 || k > n) return Number.NEGATIVE_INFINITY;
  let sum = 0;
  for (let i = 0; i < k; i += 1) sum += Math.log((n - i) / (i + 1));
  return sum;
}

function chanceOf(k: number, n: number, p: number): number {
  let chance = (1 - p) ** n;
  for (let i = 0; i < k; i += 1) chance *= ((n - i) / (i + 1)) * (p / (1 - p));
  return chance;
}
