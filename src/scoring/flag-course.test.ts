import { describe, expect, it } from 'vitest';
import { expectedMistakes, flagDay } from './flag-course.ts';

describe('a day of flags', () => {
  it('is who is flagged, and whose flag opened or closed since the day before', () => {
    expect(flagDay([true, true, false, false], [true, false, true, false])).toEqual({
      flagged: 2,
      opened: 1,
      closed: 1,
    });
  });

  it('has nothing to tell of flags that stay as they are', () => {
    expect(flagDay([true, false], [true, false])).toEqual({ flagged: 1, opened: 0, closed: 0 });
  });
});

describe('the mistakes to expect', () => {
  it('are what remains to certainty of those flagged, and the probability of those who are not', () => {
    const { above, wrong, missed } = expectedMistakes([true, true, false, false], [0.9, 0.8, 0.25, 0.05]);
    expect(above).toBeCloseTo(2, 12);
    expect(wrong).toBeCloseTo(0.3, 12);
    expect(missed).toBeCloseTo(0.3, 12);
  });

  it('add up: those above are the rightly flagged and the missed', () => {
    const flags = [true, false, true, false, true];
    const { above, wrong, missed } = expectedMistakes(flags, [0.5, 0.1, 0.7, 0.45, 0.99]);
    expect(3 - wrong + missed).toBeCloseTo(above, 12);
  });

  it('leave out who had no sessions', () => {
    expect(expectedMistakes([false, false], [null, null])).toEqual({ above: 0, wrong: 0, missed: 0 });
  });
});
