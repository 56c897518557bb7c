import { expect, test } from 'vitest';
import { describeFlag } from './describe-flag.ts';

const now = new Date('2026-11-15T14:00:00Z');
const flag = { opened_at: '2026-11-03T12:00:00Z', window_days: 30, sessions: 29, reschedules: 9 };

test('says since when, for how long, and on which counts', () => {
  expect(describeFlag(flag, now)).toBe('High risk since 3 Nov (12 days): opened on 9 of 29 sessions in 30 days.');
});

test('counts one day and one session in the singular', () => {
  const young = { opened_at: '2026-11-14T12:00:00Z', window_days: 7, sessions: 1, reschedules: 1 };
  expect(describeFlag(young, now)).toBe('High risk since 14 Nov (1 day): opened on 1 of 1 session in 7 days.');
});

test('does not call the first hours a day', () => {
  expect(describeFlag({ ...flag, opened_at: '2026-11-15T12:00:00Z' }, now)).toContain('15 Nov (less than a day)');
});

test('names the year of a flag that is older than this one', () => {
  expect(describeFlag({ ...flag, opened_at: '2025-11-15T12:00:00Z' }, now)).toContain('since 15 Nov 2025 (365 days)');
});
