import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DailyCounts, windowsOfDays } from './daily-windows.ts';
import { type EvidenceTier, evidenceOf } from './evidence.ts';
import { priorFrom, STARTING_PRIOR } from './prior.ts';
import { probabilitiesAbove, replayLiteralRule, replayPriors, replayTiers } from './replay.ts';
import type { WindowCounts } from './reschedule-rate.ts';
import { isHighRisk } from './risk.ts';

const PRIOR = { a: 2.04, b: 23.95 };
const RULE = { priorOf: () => PRIOR, threshold: 0.15 };

const counts = fc
  .tuple(fc.integer({ min: 0, max: 120 }), fc.nat(120))
  .map(([n, k]) => ({ sessions: n, reschedules: k % (n + 1) }));

describe('replayed tiers', () => {
  it('remember what was said the night before', () => {
    const nights = [20, 15, 14, 14, 13, 14].map((reschedules) => ({ sessions: 85, reschedules }));
    expect(tiersOf(nights)).toEqual(['confirmed', 'confirmed', 'watch', 'watch', 'clear', 'clear']);
  });

  it('can be told to forget', () => {
    const nights = [20, 15, 14].map((reschedules) => ({ sessions: 85, reschedules }));
    const replay = replayTiers({ ...RULE, ...nightsOf(nights), remember: () => null });
    expect([...replay].flat()).toEqual(['confirmed', 'watch', 'clear']);
  });

  it.each([0, 0.01, 0.05, 0.15, 0.5])(
    'are those of the evidence at %d, whatever was seen, nights of nothing too',
    (at) => {
      const nothing = fc.constant({ sessions: 0, reschedules: 0 });
      fc.assert(
        fc.property(fc.array(fc.oneof(nothing, counts), { minLength: 1, maxLength: 12 }), (nights) => {
          let before: EvidenceTier | null = null;
          const said = nights.map((night) => {
            before = evidenceOf({ prior: PRIOR, counts: night, threshold: at, before }).evidence;
            return before;
          });
          expect(tiersOf(nights, at)).toEqual(said);
        }),
      );
    },
  );

  it('are weighed each night against the prior of that night', () => {
    const nights = [0, 1].map(() => ({ sessions: 85, reschedules: 20 }));
    const priorOf = (day: number) => (day === 0 ? { a: 800, b: 9200 } : PRIOR);
    expect([...replayTiers({ ...RULE, ...nightsOf(nights), priorOf })].flat()).toEqual(['clear', 'confirmed']);
  });

  it('keep tutors apart', () => {
    const table = [
      [
        { sessions: 85, reschedules: 20 },
        { sessions: 85, reschedules: 2 },
        { sessions: 2, reschedules: 1 },
      ],
      [
        { sessions: 85, reschedules: 15 },
        { sessions: 85, reschedules: 15 },
        { sessions: 2, reschedules: 1 },
      ],
    ];
    const countsOf = (tutor: number, day: number) => table[day]?.[tutor] ?? { sessions: 0, reschedules: 0 };
    expect([...replayTiers({ ...RULE, tutors: 3, from: 0, until: 2, countsOf })]).toEqual([
      ['confirmed', 'clear', 'too_few'],
      ['confirmed', 'watch', 'too_few'],
    ]);
  });

  it('open no flag on a day of a common cause', () => {
    const isStorm = Array.from({ length: 100 }, (_, day) => day === 95);
    const daily = dailyOf(isStorm.map((storm) => ({ sessions: storm ? 20 : 1, reschedules: storm ? 20 : 0 })));
    const flagged = (leftOut: readonly boolean[]) => {
      const count = windowsOfDays(daily, leftOut);
      const countsOf = (tutor: number, day: number) => count(tutor, day, 90);
      const nights = [...replayTiers({ ...RULE, tutors: 1, from: 90, until: 100, countsOf })].flat();
      return nights.flatMap((tier, night) => (tier === 'clear' ? [] : [90 + night]));
    };
    expect(flagged([])).toEqual([95, 96, 97, 98, 99]);
    expect(flagged(isStorm)).toEqual([]);
  });
});

describe('the replayed literal rule', () => {
  it('is the literal rule of the windows that end with each day', () => {
    const tables = fc.array(counts, { minLength: 1, maxLength: 120 });
    fc.assert(
      fc.property(tables, fc.integer({ min: 0, max: 100 }), (days, threshold) => {
        const count = windowsOfDays(dailyOf(days), []);
        const expected = days.map((_, day) =>
          isHighRisk({ 7: count(0, day, 7), 30: count(0, day, 30), 90: count(0, day, 90) }, threshold),
        );
        const nights = { tutors: 1, from: 0, until: days.length };
        expect([...replayLiteralRule(nights, count, threshold)].flat()).toEqual(expected);
      }),
    );
  });

  it('is on for a week by a single move, where nothing else happens', () => {
    const days = Array.from({ length: 40 }, (_, day) => ({ sessions: 1, reschedules: day === 10 ? 1 : 0 }));
    const count = windowsOfDays(dailyOf(days), []);
    const nights = [...replayLiteralRule({ tutors: 1, from: 9, until: 25 }, count, 10)].flat();
    expect(nights.flatMap((isHigh, night) => (isHigh ? [9 + night] : []))).toEqual([10, 11, 12, 13, 14, 15, 16]);
  });
});

describe('replayed priors', () => {
  it('are fitted each night to what all tutors had by then', () => {
    const countsOf = (tutor: number, day: number) => ({ sessions: 20 + day, reschedules: (tutor * 7) % 11 });
    const nights = { tutors: 200, from: 3, until: 6 };
    const expected = [3, 4, 5].map(
      (day) => priorFrom(Array.from({ length: 200 }, (_, tutor) => countsOf(tutor, day))).prior,
    );
    expect([...replayPriors(nights, countsOf)]).toEqual(expected);
    expect(expected[0]).not.toEqual(expected[2]);
  });

  it('are the usual one where there is nothing to fit', () => {
    const nothing = () => ({ sessions: 0, reschedules: 0 });
    expect([...replayPriors({ tutors: 3, from: 0, until: 1 }, nothing)]).toEqual([STARTING_PRIOR]);
  });
});

it('weighs the same counts alike, and others not', () => {
  const probability = probabilitiesAbove(PRIOR, 0.15);
  const asked = [
    { sessions: 85, reschedules: 20 },
    { sessions: 27, reschedules: 8 },
    { sessions: 85, reschedules: 20 },
    { sessions: 1, reschedules: 1 },
  ];
  // Worked out with mpmath.
  const expected = [0.908, 0.758, 0.908, 0.237];
  for (const [index, each] of asked.entries()) expect(probability(each)).toBeCloseTo(expected[index] ?? 0, 3);
});

function nightsOf(nights: readonly WindowCounts[]) {
  const countsOf = (_: number, day: number) => nights[day] ?? { sessions: 0, reschedules: 0 };
  return { tutors: 1, from: 0, until: nights.length, countsOf };
}

function tiersOf(nights: readonly WindowCounts[], threshold = RULE.threshold): EvidenceTier[] {
  return [...replayTiers({ ...RULE, ...nightsOf(nights), threshold })].flat();
}

/** The days of a single tutor. */
function dailyOf(days: readonly WindowCounts[]): DailyCounts {
  return {
    tutors: 1,
    days: days.length,
    sessions: Uint32Array.from(days, ({ sessions }) => sessions),
    reschedules: Uint32Array.from(days, ({ reschedules }) => reschedules),
  };
}
