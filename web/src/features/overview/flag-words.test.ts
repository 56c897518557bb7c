import { expect, test } from 'vitest';
import { exampleChange } from '../../../test/example-overview.ts';
import { reasonOf, stateOf } from './flag-words.ts';

test.each([
  ['confirmed', 'triangle', 'Confirmed'],
  ['watch', 'half-circle', 'Watch'],
  [null, 'triangle', 'High risk'],
] as const)('tells a flag that opened by its level: %s', (level, icon, words) => {
  expect(stateOf(exampleChange({ level }))).toMatchObject({ icon, words });
});

test.each([
  ['fewer_moves', 'check', 'over'],
  ['became_watch', 'right', 'moved_on'],
  ['too_few_sessions', 'dashed-circle', 'unknown'],
  [null, 'check', 'over'],
] as const)('does not call a flag that ended by %s clear unless it is', (close_reason, icon, look) => {
  const ended = exampleChange({ change: 'closed', close_reason });
  expect(stateOf(ended)).toEqual({ look, icon, words: 'Confirmed ended' });
});

test.each([
  [{}, '20 of 85 in 90 days, 93 % likely to be above 15 %'],
  [{ level: null, risk_probability: null, window_days: 30 }, '20 of 85 in 30 days, above 15 %'],
  [
    { change: 'closed', close_reason: 'fewer_moves', risk_probability: 0.41 },
    'fewer moves are in the 90 days; 41 % likely to be above 15 %',
  ],
  [{ change: 'closed', close_reason: 'threshold_raised', risk_probability: null }, 'the threshold was raised'],
  [{ change: 'closed', close_reason: null, risk_probability: null }, ''],
] as const)('says why: %o', (changes, words) => {
  expect(reasonOf(exampleChange(changes))).toBe(words);
});
