import { describe, expect, it } from 'vitest';
import { formatInstant, formatLocalTime } from './format-time.ts';

describe('an instant', () => {
  it.each([
    ['UTC', 'Mon 15 Jan 2024, 14:00 UTC'],
    ['Europe/Berlin', 'Mon 15 Jan 2024, 15:00 Europe/Berlin (GMT+1)'],
    ['Asia/Kolkata', 'Mon 15 Jan 2024, 19:30 Asia/Kolkata (GMT+5:30)'],
    ['America/New_York', 'Mon 15 Jan 2024, 09:00 America/New_York (GMT-5)'],
    ['Pacific/Auckland', 'Tue 16 Jan 2024, 03:00 Pacific/Auckland (GMT+13)'],
  ])('stands in %s as "%s"', (timezone, words) => {
    expect(formatInstant('2024-01-15T14:00:00Z', timezone)).toBe(words);
  });

  it('follows summer time and calls midnight 00:00', () => {
    expect(formatInstant('2024-07-14T22:00:00Z', 'Europe/Berlin')).toBe('Mon 15 Jul 2024, 00:00 Europe/Berlin (GMT+2)');
    expect(formatLocalTime('2024-09-01T12:05:00Z', 'UTC')).toBe('Sun 1 Sep 2024, 12:05');
  });
});
