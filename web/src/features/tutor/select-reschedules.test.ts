import { expect, test } from 'vitest';
import { countByInitiator, type Reschedule, selectReschedules } from './select-reschedules.ts';

function reschedule(id: string, initiator: 'tutor' | 'student', day: number, notice: number | null): Reschedule {
  return {
    id,
    session_id: `session-${id}`,
    original_time: `2026-11-${String(day).padStart(2, '0')}T12:00:00.000Z`,
    new_time: null,
    initiator,
    reason: null,
    reason_code: null,
    cancelled_at: null,
    hours_before_session: notice,
  };
}

const all = [
  reschedule('a', 'tutor', 9, 30),
  reschedule('b', 'student', 11, null),
  reschedule('c', 'tutor', 10, -0.5),
  reschedule('d', 'tutor', 12, 4),
];
const ids = (reschedules: Reschedule[]) => reschedules.map(({ id }) => id).join('');

test('sorts by the original time, either way', () => {
  expect(ids(selectReschedules(all, { initiator: 'all', sort_by: 'original_time', sort_order: 'desc' }))).toBe('dbca');
  expect(ids(selectReschedules(all, { initiator: 'all', sort_by: 'original_time', sort_order: 'asc' }))).toBe('acbd');
});

test('sorts by notice, an unknown one last either way', () => {
  const by = { initiator: 'all', sort_by: 'hours_before_session' } as const;
  expect(ids(selectReschedules(all, { ...by, sort_order: 'asc' }))).toBe('cdab');
  expect(ids(selectReschedules(all, { ...by, sort_order: 'desc' }))).toBe('adcb');
});

test('keeps those of one initiator, and leaves the list it was given alone', () => {
  const before = ids(all);
  expect(ids(selectReschedules(all, { initiator: 'student', sort_by: 'original_time', sort_order: 'desc' }))).toBe('b');
  expect(ids(all)).toBe(before);
});

test('counts what each choice would show', () => {
  expect(countByInitiator(all)).toEqual({ all: 4, tutor: 3, student: 1 });
});
