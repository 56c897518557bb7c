import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countsOf, sampleEvidence, samplePattern } from '../../test/sample-reports.ts';
import { EVIDENCE_TIERS } from '../scoring/evidence.ts';
import { describeInsights, type InsightInput } from './insights.ts';

const AS_OF = new Date('2024-01-15T12:00:00Z');

/** A move of a session `daysAgo`, asked for `hours` before it. */
function move(daysAgo: number, hours: number | null) {
  return { original_time: new Date(AS_OF.getTime() - daysAgo * 86_400_000), hours_before_session: hours };
}

function describeWith(changes: Partial<InsightInput>) {
  const counts = countsOf([9, 3], [29, 9], [84, 12]);
  return describeInsights({
    asOf: AS_OF,
    counts,
    threshold: 15,
    previous30d: { sessions: 0, reschedules: 0 },
    moves: [],
    patterns: [],
    evidence: null,
    ...changes,
  });
}

describe('recent moves', () => {
  it.each([
    [countsOf([12, 3], [29, 3], [84, 3]), '3 moves in the last 7 days, out of 12 sessions.'],
    [countsOf([12, 1], [29, 1], [84, 1]), '1 move in the last 7 days, out of 12 sessions.'],
    [countsOf([1, 1], [29, 1], [84, 1]), '1 move in the last 7 days, out of 1 session.'],
    [countsOf([12, 0], [29, 1], [84, 1]), 'No moves in the last 7 days, out of 12 sessions.'],
  ])('are told with the sessions they are out of', (counts, expected) => {
    expect(describeWith({ counts }).observations).toContain(expected);
  });

  it('are not mentioned when there were none in 30 days', () => {
    expect(describeWith({ counts: countsOf([12, 0], [29, 0], [84, 1]) }).observations).toEqual([]);
  });
});

describe('notice', () => {
  const counts = countsOf([0, 0], [29, 4], [84, 4]);

  it.each([
    [[3, 5, 20, 23.99], "All 4 moves in the last 30 days came with less than a day's notice."],
    [[3, 5], "Both moves in the last 30 days came with less than a day's notice."],
    [[3, 5, 24, 90], "2 of 4 moves in the last 30 days came with less than a day's notice."],
    [[3, null, 24, 90], "1 of 3 moves with known notice in the last 30 days came with less than a day's notice."],
    [[-1, 5, 30], "2 of 3 moves in the last 30 days came with less than a day's notice, 1 of them after the start."],
    [[24, 48, 90], 'All 3 moves in the last 30 days came at least a day ahead.'],
  ])('of %j hours is summed up', (hours, expected) => {
    const moves = hours.map((notice, index) => move(index + 1, notice));
    expect(describeWith({ counts, moves }).observations).toEqual([expected]);
  });

  it('says nothing about a single move or unknown notice', () => {
    expect(describeWith({ counts, moves: [move(1, 3)] }).observations).toEqual([]);
    expect(describeWith({ counts, moves: [move(1, null), move(2, null)] }).observations).toEqual([]);
  });

  it('looks at 90 days when 30 hold too little, and no further', () => {
    const moves = [move(1, 3), move(40, 4), move(90, 5), move(91, 6)];
    expect(describeWith({ counts, moves }).observations).toEqual([
      "All 3 moves in the last 90 days came with less than a day's notice.",
    ]);
  });
});

describe('the trend', () => {
  it.each([
    [[27, 5], [22, 3], '+4.9 points against the 30 days before (3 of 22, then 5 of 27).'],
    [[22, 3], [27, 5], '−4.9 points against the 30 days before (5 of 27, then 3 of 22).'],
    [[20, 2], [10, 1], 'The same 30-day rate as in the 30 days before (1 of 10, then 2 of 20).'],
  ] as const)('from %j to %j is signed and counted', (now, [sessions, reschedules], expected) => {
    const counts = countsOf([0, 0], [...now], [84, 8]);
    expect(describeWith({ counts, previous30d: { sessions, reschedules } }).observations).toEqual([expected]);
  });

  it('is left out when one side has too few sessions, or nothing moved', () => {
    const counts = countsOf([0, 0], [27, 5], [84, 8]);
    expect(describeWith({ counts, previous30d: { sessions: 9, reschedules: 0 } }).observations).toEqual([]);
    expect(describeWith({ counts, previous30d: { sessions: 0, reschedules: 0 } }).observations).toEqual([]);
    const quiet = countsOf([0, 0], [27, 0], [84, 0]);
    expect(describeWith({ counts: quiet, previous30d: { sessions: 30, reschedules: 0 } }).observations).toEqual([]);
  });
});

describe('few sessions', () => {
  it('come first and are called too few to judge, whatever the rate', () => {
    const { observations, recommendation } = describeWith({ counts: countsOf([1, 1], [1, 1], [1, 1]) });
    expect(observations[0]).toBe('Moved 1 of 1 session in the last 90 days: too few to judge.');
    expect(recommendation).toBe('Too few sessions to judge: wait for more before drawing conclusions.');
  });

  it.each(EVIDENCE_TIERS)('are not too few where the evidence says %s, unless it says so', (tier) => {
    const told = [
      countsOf([6, 6], [6, 6], [6, 6]),
      countsOf([9, 7], [9, 7], [9, 7]),
      countsOf([9, 3], [29, 9], [84, 12]),
    ]
      .map((counts) => describeWith({ counts, evidence: sampleEvidence({ tier }) }))
      .map(({ observations }) => observations.some((sentence) => sentence.includes('too few')));
    expect(told).toEqual(told.map(() => tier === 'too_few'));
  });

  it('in one window only are named for that window', () => {
    const { observations, recommendation } = describeWith({ counts: countsOf([9, 3], [29, 3], [84, 5]) });
    expect(observations[0]).toBe('The 7-day rate rests on 9 sessions: too few to judge alone.');
    expect(recommendation).toBe('Keep an eye on the next sessions: the flag rests on too few to act on.');
  });
});

describe('patterns', () => {
  it('are told before the plain counts, and asked about', () => {
    const { observations, recommendation } = describeWith({ patterns: [samplePattern()] });
    expect(observations.indexOf(samplePattern().sentence)).toBe(0);
    expect(observations[2]).toBe('3 moves in the last 7 days, out of 9 sessions.');
    expect(recommendation).toBe('Talk to the tutor: ask whether the Friday hours still suit.');
  });
});

describe('the recommendation from the counts alone', () => {
  it.each([
    [countsOf([9, 3], [29, 9], [84, 12]), /^Talk to the tutor: /],
    [countsOf([9, 0], [29, 1], [84, 20]), /^Keep an eye: the last 30 days are not above 15 %/],
    [
      countsOf([9, 0], [29, 4], [84, 4]),
      /^Keep an eye: one more move would put the 30-day rate above 15 % \(5 of 30\)\.$/,
    ],
    [countsOf([9, 0], [29, 1], [84, 2]), /^Nothing to do\.$/],
    [countsOf([0, 0], [0, 0], [0, 0]), /^Nothing to do\.$/],
  ])('follows from %j', (counts, expected) => {
    expect(describeWith({ counts }).recommendation).toMatch(expected);
  });
});

describe('any tutor', () => {
  const pair = fc
    .integer({ min: 0, max: 60 })
    .chain((sessions) => fc.integer({ min: 0, max: sessions }).map((reschedules) => ({ sessions, reschedules })));
  const moves = fc.array(
    fc
      .tuple(fc.integer({ min: 0, max: 120 }), fc.option(fc.integer({ min: -30, max: 200 })))
      .map(([d, h]) => move(d, h)),
  );

  it('gets whole sentences with counts that agree with their nouns, and no weekday', () => {
    fc.assert(
      fc.property(pair, pair, pair, pair, moves, (week, month, quarter, previous30d, tutorMoves) => {
        const insights = describeWith({ counts: { 7: week, 30: month, 90: quarter }, previous30d, moves: tutorMoves });
        for (const sentence of [...insights.observations, insights.recommendation]) {
          expect(sentence).toMatch(/^[A-Z\d+−].*\.$/);
          expect(sentence).not.toMatch(/NaN|Infinity|undefined|null|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day/);
          expect(sentence).not.toMatch(/\b1 (?:sessions|moves)\b|\b(?:[02-9]|\d\d+) (?:session|move)\b/);
        }
      }),
    );
  });
});
