import { expect, it } from 'vitest';
import { readThreshold } from './threshold-question.ts';

it.each([
  ['0', 0],
  ['12.25', 12.25],
  ['60', 60],
  ['100', 100],
])('reads %s as a threshold', (text, threshold) => {
  expect(readThreshold(text)).toBe(threshold);
});

it.each(['', ' 5', '-1', '1e1', '12.345', '100.01', '101', '1000', 'x'])('refuses %j', (text) => {
  expect(readThreshold(text)).toBeNull();
});
