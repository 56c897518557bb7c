import { describe, expect, test } from 'vitest';
import { businessSlots, localClock } from './calendar.ts';

describe('localClock', () => {
  test.each([
    ['America/New_York', '2026-03-08T06:59:00Z', 7, 1, 59],
    ['America/New_York', '2026-03-08T07:00:00Z', 7, 3, 0],
    ['Asia/Kathmandu', '2026-11-20T18:20:00Z', 6, 0, 5],
    ['UTC', '2026-11-20T18:20:00Z', 5, 18, 20],
  ])('reads the wall clock of %s at %s', (timezone, instant, weekday, hour, minute) => {
    expect(localClock(timezone)(Date.parse(instant))).toMatchObject({ weekday, hour, minute });
  });
});

describe('businessSlots', () => {
  test.each([
    ['America/New_York', '2026-03-08T05:00:00Z', 23, '2026-03-08T12:00:00.000Z'],
    ['America/New_York', '2026-11-01T04:00:00Z', 25, '2026-11-01T13:00:00.000Z'],
    ['Asia/Kathmandu', '2026-03-07T18:15:00Z', 24, '2026-03-08T02:15:00.000Z'],
  ])('holds 28 half hours of a day in %s from %s, %i hours long', (timezone, midnight, hours, first) => {
    const from = Date.parse(midnight);
    const { starts, cumulative } = businessSlots(from, from + hours * 3_600_000, timezone);
    expect(starts).toHaveLength(28);
    expect(cumulative).toHaveLength(29);
    expect(new Date(starts[0] ?? 0).toISOString()).toBe(first);
  });

  test('leaves room for the shortest lesson before the end', () => {
    const { starts } = businessSlots(Date.parse('2026-11-20T08:00Z'), Date.parse('2026-11-20T09:29Z'), 'UTC');
    expect(starts).toEqual([Date.parse('2026-11-20T08:00Z'), Date.parse('2026-11-20T08:30Z')]);
  });
});
