import { describe, expect, it } from 'vitest';
import { describeFlagChange, describeRateChange, describeSessionsChange } from './changes.ts';

const period = (total_sessions: number, tutor_reschedules: number) => ({ total_sessions, tutor_reschedules });

describe('describeFlagChange', () => {
  it.each([
    [5, 2, '+3 in 30 days (5 opened, 2 closed)'],
    [1, 1_204, '−1,203 in 30 days (1 opened, 1,204 closed)'],
    [4, 4, '±0 in 30 days (4 opened, 4 closed)'],
    [0, 0, 'no change in 30 days'],
  ])('tells %i opened and %i closed as a signed figure with both counts', (opened, closed, words) => {
    expect(describeFlagChange({ opened, closed }, 30)).toBe(words);
  });
});

describe('describeRateChange', () => {
  it.each([
    [period(100, 8), period(100, 12), '−4.0 points against the 7 days before'],
    [period(1_000, 84), period(1_000, 80), '+0.4 points against the 7 days before'],
    [period(3_014, 235), period(3_013, 235), 'unchanged against the 7 days before'],
    [period(100, 8), period(0, 0), 'no sessions in the 7 days before'],
    [period(0, 0), period(27, 5), '18.5 % (5 of 27) in the 7 days before'],
    [period(0, 0), period(0, 0), 'no sessions in the 7 days before'],
  ])('compares the rates of two periods in points', (now, before, words) => {
    expect(describeRateChange(now, before, 7)).toBe(words);
  });
});

describe('describeSessionsChange', () => {
  it.each([
    [102, 100, '+2 % against the 90 days before'],
    [50, 200, '−75 % against the 90 days before'],
    [0, 200, '−100 % against the 90 days before'],
    [1_000, 1_001, 'about as many as in the 90 days before'],
    [20, 0, 'no sessions in the 90 days before'],
  ])('compares %i sessions with the %i before them', (now, before, words) => {
    expect(describeSessionsChange(period(now, 0), period(before, 0), 90)).toBe(words);
  });
});
