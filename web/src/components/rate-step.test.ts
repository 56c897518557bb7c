import { describe, expect, it } from 'vitest';
import { exampleDistribution } from '../../test/example-overview.ts';
import { endOf, searchOf } from './rate-step.ts';

describe('endOf', () => {
  it.each([
    [{ 0: 9, 40: 1 }, 15, 50],
    [{ 0: 9, 45: 1 }, 15, 50],
    [{ 0: 9, 60: 1 }, 15, 65],
    [{ 95: 1 }, 15, 100],
    [{}, 15, 50],
    [{ 0: 9 }, 62.5, 65],
    [{ 0: 9 }, 100, 100],
  ])('ends behind the last tutor and the threshold, and never before 50: %o, %d', (tutors, threshold, end) => {
    expect(endOf(exampleDistribution(tutors), threshold)).toBe(end);
  });
});

describe('searchOf', () => {
  it('takes the lower end in and leaves the upper end out, but for 100', () => {
    expect(searchOf({ from: 5, to: 10, tutors: 1 }, 7)).toEqual({ rate_from: 5, rate_below: 10, window_days: 7 });
    expect(searchOf({ from: 95, to: 100, tutors: 1 }, 7)).toMatchObject({ rate_from: 95, rate_below: 101 });
  });
});
