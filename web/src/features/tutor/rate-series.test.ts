import { expect, test } from 'vitest';
import { pointsOf } from './rate-series.ts';

const figures = {
  total_sessions_7d: 4,
  total_sessions_30d: 29,
  total_sessions_90d: 90,
  tutor_reschedules_7d: 0,
  tutor_reschedules_30d: 9,
  tutor_reschedules_90d: 9,
  reschedule_rate_7d: 0,
  reschedule_rate_30d: 31.03,
  reschedule_rate_90d: 10,
  risk_probability: 0.2,
  expected_rate: 12,
  expected_rate_lower: 8,
  expected_rate_upper: 17,
};

/** The days told of three points, 24 h apart, the last at this instant. */
function daysTold(as_of: string, zone: string): string[] {
  const points = [2, 1, 0].map((days) => ({
    at: new Date(Date.parse(as_of) - days * 24 * 60 * 60 * 1000).toISOString(),
    ...figures,
  }));
  return pointsOf({ as_of, risk_threshold: 15, points, flags: [], common_cause_days: [] }, zone).map(({ day }) => day);
}

test.each([
  ['Pacific/Kiritimati', ['2026-11-09', '2026-11-10', '2026-11-11']],
  ['Pacific/Honolulu', ['2026-11-08', '2026-11-09', '2026-11-10']],
])('tells of days as they are in %s, where the business is', (zone, days) => {
  expect(daysTold('2026-11-10T12:00:00.000Z', zone)).toEqual(days);
});

test('tells of a past day, looked at from its end, by its own name', () => {
  expect(daysTold('2026-10-04T00:00:00.000Z', 'UTC')).toEqual(['2026-10-01', '2026-10-02', '2026-10-03']);
});

test('names no day twice where the clocks were put back', () => {
  expect(daysTold('2026-10-26T23:00:00.000Z', 'Europe/Berlin')).toEqual(['2026-10-24', '2026-10-25', '2026-10-26']);
});
