import { describe, expect, it } from 'vitest';
import type { Pattern } from '../scoring/pattern.ts';
import { describePattern } from './describe-pattern.ts';
import type { NamedPlace } from './places.ts';

const RATIO = { ratio: 6, lower: 2.46, upper: 15.4 };

function patternOf(
  place: Pick<NamedPlace, 'kind' | 'key'> & Partial<NamedPlace>,
  ratio: Pattern<NamedPlace>['ratio'] = RATIO,
): Pattern<NamedPlace> {
  const counts = { inside: { sessions: 20, reschedules: 12 }, all: { sessions: 1_100, reschedules: 20 } };
  const whole: NamedPlace = { against: 'own_sessions', ...counts, ...place };
  return { place: whole, pValue: 1e-4, adjustedP: 0.004, ratio, isSpoken: true };
}

describe('a pattern in words', () => {
  it.each([
    [
      { kind: 'weekday', key: '5' },
      'Fridays: 12 of 20 moves, but 20 of 1,100 sessions; moved 6 times as often as on other days (between 2.5 and 15 times).',
    ],
    [
      { kind: 'hours', key: '0' },
      'Sessions before 9:00: 12 of 20 moves, but 20 of 1,100 sessions; moved 6 times as often as at other hours (between 2.5 and 15 times).',
    ],
    [
      { kind: 'hours', key: '1' },
      'Sessions from 9:00 to 12:00: 12 of 20 moves, but 20 of 1,100 sessions; moved 6 times as often as at other hours (between 2.5 and 15 times).',
    ],
    [
      { kind: 'hours', key: '5' },
      'Sessions from 21:00 on: 12 of 20 moves, but 20 of 1,100 sessions; moved 6 times as often as at other hours (between 2.5 and 15 times).',
    ],
    [
      { kind: 'student', key: 's-1' },
      'Student s-1: 12 of 20 moves, but 20 of 1,100 sessions; moved 6 times as often as with other students (between 2.5 and 15 times).',
    ],
    [
      { kind: 'first_session', key: 'first' },
      'First sessions with a student: 12 of 20 moves, but 20 of 1,100 sessions; moved 6 times as often as later ones (between 2.5 and 15 times).',
    ],
    [
      { kind: 'notice', key: '0' },
      'Notice of less than 6 hours: 12 of 20 moves, against 20 of 1,100 moves of other tutors; 6 times as often (between 2.5 and 15 times).',
    ],
    [
      { kind: 'reason', key: 'car_trouble' },
      'The reason "car trouble": 12 of 20 moves, against 20 of 1,100 moves of other tutors; 6 times as often (between 2.5 and 15 times).',
    ],
  ] as const)('of %j has its counts first', (place, expected) => {
    expect(describePattern(patternOf(place)).sentence).toBe(expected);
  });

  it('says "at least" where there is no upper end, or one that tells nothing', () => {
    const friday = { kind: 'weekday', key: '5' } as const;
    expect(describePattern(patternOf(friday, { ratio: null, lower: 13.4, upper: null })).sentence).toContain(
      'moved at least 13 times as often as on other days.',
    );
    expect(describePattern(patternOf(friday, { ratio: 77, lower: 14, upper: 1_657 })).sentence).toContain(
      'moved 77 times as often as on other days (at least 14 times).',
    );
  });

  it('has its figures beside it, and the chance that counts all that was looked at', () => {
    expect(describePattern(patternOf({ kind: 'weekday', key: '5' }))).toMatchObject({
      kind: 'weekday',
      name: 'Friday',
      moves_inside: 12,
      moves_all: 20,
      sessions_inside: 20,
      sessions_all: 1_100,
      rate_ratio: 6,
      rate_ratio_lower: 2.46,
      rate_ratio_upper: 15.4,
      adjusted_p_value: 0.004,
    });
  });

  it('holds foreign words in one short line, which turns nothing round it', () => {
    const { name, sentence } = describePattern(patternOf({ kind: 'student', key: 'x\u202e\r\n<b>\u0000y' }));
    expect(name).toBe('x <b> y');
    expect(sentence).toMatch(/^Student x <b> y: 12 of 20/);
    const long = describePattern(patternOf({ kind: 'reason', key: 'so '.repeat(500) }));
    expect(long.name).toHaveLength(60);
    expect(describePattern(patternOf({ kind: 'student', key: 'שרה' })).sentence).toContain(
      'Student \u2068שרה\u2069: 12',
    );
    expect(describePattern(patternOf({ kind: 'student', key: '\u200f' })).name).toBe('–');
  });
});
