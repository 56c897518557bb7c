import { expect, test } from 'vitest';
import { describeCloseReason } from './close-reason.ts';

test('has words for a reason that it knows, and none for another', () => {
  expect(describeCloseReason('fewer_moves')).toBe('moves left the 90 days');
  expect(describeCloseReason('made_up')).toBe('');
  expect(describeCloseReason(null)).toBe('');
});
