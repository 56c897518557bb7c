import { expect, test } from 'vitest';
import { describeFlag } from './describe-flag.ts';

const now = new Date('2026-11-15T14:00:00Z');
const flag = {
  opened_at: '2026-11-03T12:00:00Z',
  level: 'confirmed',
  risk_probability: 0.93,
  window_days: 90,
  sessions: 85,
  reschedules: 20,
} as const;

test('says since when, for how long, on which counts, and how likely it was', () => {
  expect(describeFlag(flag, now, 'UTC')).toBe(
    'Confirmed since 3 Nov (12 days): it began with 20 of 85 sessions in 90 days, 93 % likely.',
  );
  expect(describeFlag({ ...flag, level: 'watch' }, now, 'UTC')).toMatch(/^On watch since 3 Nov /);
});

test('knows of no likelihood for a flag of the literal rule', () => {
  const old = { ...flag, level: null, risk_probability: null, window_days: 30, sessions: 29, reschedules: 9 };
  expect(describeFlag(old, now, 'UTC')).toBe(
    'High risk since 3 Nov (12 days): it began with 9 of 29 sessions in 30 days.',
  );
});

test('counts one day and one session in the singular', () => {
  const young = { ...flag, opened_at: '2026-11-14T12:00:00Z', sessions: 1, reschedules: 1 };
  expect(describeFlag(young, now, 'UTC')).toContain('since 14 Nov (1 day): it began with 1 of 1 session in 90 days');
});

test('does not call the first hours a day', () => {
  expect(describeFlag({ ...flag, opened_at: '2026-11-15T12:00:00Z' }, now, 'UTC')).toContain(
    '15 Nov (less than a day)',
  );
});

test('names the year of a flag that is older than this one', () => {
  expect(describeFlag({ ...flag, opened_at: '2025-11-15T12:00:00Z' }, now, 'UTC')).toContain(
    'since 15 Nov 2025 (365 days)',
  );
});

test.each([
  ['Pacific/Kiritimati', '1 Jan'],
  ['Pacific/Honolulu', '31 Dec 2025'],
])('tells the day, and its year, as they are in %s, where the business is', (zone, day) => {
  const flagged = { ...flag, opened_at: '2025-12-31T12:00:00Z' };
  expect(describeFlag(flagged, now, zone)).toContain(`Confirmed since ${day} (`);
});
