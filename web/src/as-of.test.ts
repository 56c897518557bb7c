import { expect, test } from 'vitest';
import { yesterdayIn } from './as-of.ts';

test.each([
  ['UTC', '2026-03-01T00:30:00Z', '2026-02-28'],
  ['America/Los_Angeles', '2026-03-01T00:30:00Z', '2026-02-27'],
  ['Pacific/Kiritimati', '2026-03-01T12:30:00Z', '2026-03-01'],
])('knows which day is over in %s at %s', (zone, now, day) => {
  expect(yesterdayIn(zone, new Date(now))).toBe(day);
});
