import { expect, test } from 'vitest';
import { describeCloseReason } from './close-reason.ts';

test('has words for why a flag was closed, and none while it is open', () => {
  expect(describeCloseReason('fewer_moves')).toBe('fewer moves are in the 90 days');
  expect(describeCloseReason('rule_replaced')).toBe('flags follow the evidence now');
  expect(describeCloseReason(null)).toBe('');
});
