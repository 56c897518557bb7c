import { expect, test } from 'vitest';
import { describeRule } from './rule-words.ts';

const none = { sessions: 0, reschedules: 0 };
const low = { sessions: 20, reschedules: 3 };
const high = { sessions: 20, reschedules: 4 };

test.each([
  [{ 7: high, 30: high, 90: low }, 'above 15 % in the last 7 and 30 days'],
  [{ 7: none, 30: low, 90: high }, 'above 15 % in the last 90 days'],
  [{ 7: low, 30: low, 90: low }, 'not above 15 % in any window'],
  [{ 7: none, 30: none, 90: none }, 'no sessions in the last 90 days'],
])('says which windows are above the threshold, exactly on it not being above', (counts, words) => {
  expect(describeRule(counts, 15)).toBe(words);
});
