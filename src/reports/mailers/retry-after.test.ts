import { describe, expect, it } from 'vitest';
import { retryAfterMs } from './retry-after.ts';

const NOW = new Date('2024-01-15T12:00:00Z');

describe('how long a provider asks to wait', () => {
  it.each([
    ['7', undefined, 7_000],
    [' 0 ', undefined, 0],
    ['Mon, 15 Jan 2024 12:00:30 GMT', undefined, 30_000],
    ['Mon, 15 Jan 2024 11:00:00 GMT', undefined, 0],
    ['999999999', undefined, 86_400_000],
    ['Tue, 15 Jan 2030 12:00:00 GMT', undefined, 86_400_000],
    [undefined, undefined, 60_000],
    ['', undefined, 60_000],
    ['soon', undefined, 60_000],
    ['-5', undefined, 60_000],
    ['1.5', undefined, 60_000],
    [undefined, '1705320090', 90_000],
    [undefined, 'never', 60_000],
    ['7', '1705320090', 7_000],
  ])('is for Retry-After %j and a reset at %j %i ms', (retryAfter, reset, expected) => {
    expect(retryAfterMs(NOW, retryAfter, reset)).toBe(expected);
  });
});
