import { describe, expect, it } from 'vitest';
import { samplePatternSession } from '../../test/sample-patterns.ts';
import { findPatterns } from '../scoring/pattern.ts';
import type { MoveGroup, PatternSession } from './pattern-queries.ts';
import { type PatternKind, placesOf } from './places.ts';

const times = (count: number, changes: (index: number) => Partial<PatternSession>) =>
  Array.from({ length: count }, (_, index) => samplePatternSession(changes(index)));

const keysOf = (kind: PatternKind, sessions: PatternSession[], groups: MoveGroup[] = []) =>
  placesOf(sessions, groups).flatMap((place) => (place.kind === kind ? [place.key] : []));

function group(changes: Partial<MoveGroup>): MoveGroup {
  return { notice_band: null, reason: null, moves: 100, all_moves: 1_000, events: 90, all_events: 900, ...changes };
}

describe('the places looked at', () => {
  it('are all those with sessions enough, whether anything was moved there or not', () => {
    const week = times(60, (index) => ({ weekday: (index % 5) + 1, hour: 8 + (index % 3) * 4, day: index }));
    expect(keysOf('weekday', week)).toEqual(['1', '2', '3', '4', '5']);
    expect(keysOf('hours', week)).toEqual(['0', '2', '3']);
    const rarely = times(4, () => ({ weekday: 6, student_id: 's-2', is_first: true }));
    const sessions = [...times(96, () => ({})), ...rarely];
    expect([keysOf('weekday', sessions), keysOf('student', sessions), keysOf('first_session', sessions)]).toEqual([
      [],
      [],
      [],
    ]);
  });

  it('are counted by days, too, where a whole day shares them', () => {
    const mondays = times(8, () => ({ day: 7, is_moved: true }));
    const others = times(40, (index) => ({ day: 100 + index, weekday: 2 + (index % 4) }));
    const monday = placesOf([...mondays, ...others], []).find(({ kind, key }) => kind === 'weekday' && key === '1');
    expect(monday).toMatchObject({
      inside: { sessions: 8, reschedules: 8 },
      all: { sessions: 48, reschedules: 8 },
      days: { inside: { sessions: 1, reschedules: 1 }, all: { sessions: 41, reschedules: 1 } },
    });
  });

  it("are notices and reasons that all tutors' moves have, the tutor's own taken out", () => {
    const moves = times(6, (index) => ({ day: index % 3, is_moved: true, notice_hours: -1, reason: 'health' }));
    const groups = [group({ notice_band: 0 }), group({ notice_band: 2 }), group({ reason: 'health' })];
    const places = placesOf([...moves, samplePatternSession({ is_moved: true })], groups);
    expect(places.map(({ kind, key }) => `${kind} ${key}`)).toEqual(['notice 0', 'notice 2', 'reason health']);
    expect(places[0]).toMatchObject({
      inside: { sessions: 94, reschedules: 6 },
      all: { sessions: 994, reschedules: 6 },
      days: { inside: { sessions: 87, reschedules: 3 }, all: { sessions: 897, reschedules: 3 } },
    });
    expect(places[1]).toMatchObject({ inside: { sessions: 100, reschedules: 0 } });
  });

  it('are rare reasons only when the tutor gave them on five days', () => {
    const rare = [group({ reason: 'choir', moves: 9, events: 9 })];
    const onDays = (days: number) =>
      times(9, (index) => ({ day: index % days, is_moved: true, notice_hours: 30, reason: 'choir' }));
    expect(keysOf('reason', onDays(4), rare)).toEqual([]);
    expect(keysOf('reason', onDays(5), rare)).toEqual(['choir']);
  });

  it.each([
    [-3, '0'],
    [5.99, '0'],
    [6, '1'],
    [24, '2'],
    [72, '3'],
  ])('are bands of notice: %d hours lie in band %s', (notice_hours, band) => {
    const groups = ['0', '1', '2', '3'].map((key) => group({ notice_band: Number(key) }));
    const found = placesOf(
      times(1, () => ({ is_moved: true, notice_hours })),
      groups,
    );
    expect(found.filter(({ inside }) => inside.reschedules === 1).map(({ key }) => key)).toEqual([band]);
  });

  it('are many: what would be seen alone is silent among them', () => {
    const sessions = times(100, (index) => ({
      day: index,
      weekday: (index % 5) + 1,
      hour: 9 + (Math.floor(index / 5) % 4) * 3,
      student_id: `s-${Math.floor(index / 10)}`,
      // 6 of 9 on Mondays.
      is_moved: [0, 15, 30, 45, 60, 75, 6, 33, 72].includes(index),
    }));
    const places = placesOf(sessions, []);
    const monday = places.filter(({ kind, key }) => kind === 'weekday' && key === '1');
    expect(findPatterns(monday)[0]?.isSpoken).toBe(true);
    expect(findPatterns(places).some(({ isSpoken }) => isSpoken)).toBe(false);
  });
});
