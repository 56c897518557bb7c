import { expect, test } from 'vitest';
import { formatMovesAbove } from './moves-above.ts';

test.each([
  [{ sessions: 29, reschedules: 9 }, 15, '+4.7'],
  [{ sessions: 8, reschedules: 1 }, 15, '−0.2'],
  [{ sessions: 20, reschedules: 3 }, 15, '0.0'],
  [{ sessions: 4006, reschedules: 601 }, 15, '+0.1'],
  [{ sessions: 7, reschedules: 1 }, 15, '−0.1'],
  [{ sessions: 10, reschedules: 2 }, 12.25, '+0.8'],
  [{ sessions: 0, reschedules: 0 }, 15, '–'],
])('says how far %o lies above %d %: %s', (counts, threshold, words) => {
  expect(formatMovesAbove(counts, threshold)).toBe(words);
});
