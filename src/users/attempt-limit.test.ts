import { expect, it } from 'vitest';
import { attemptLimit } from './attempt-limit.ts';

it('lets so many attempts of a key through, and says how long the rest waits', () => {
  let now = 0;
  const limit = attemptLimit(2, 60_000, () => now);
  expect([limit.take('a'), limit.take('a')]).toEqual([null, null]);
  now = 15_500;
  expect(limit.take('a')).toBe(45);
  expect(limit.take('b')).toBeNull();
  now = 60_000;
  expect([limit.take('a'), limit.take('a'), limit.take('a')]).toEqual([null, null, 60]);
});

it('does not count what is given back', () => {
  const limit = attemptLimit(1, 60_000, () => 0);
  expect(limit.take('a')).toBeNull();
  limit.giveBack('a');
  limit.giveBack('never seen');
  expect([limit.take('a'), limit.take('a')]).toEqual([null, 60]);
});

it('forgets keys whose window has ended', () => {
  let now = 0;
  const limit = attemptLimit(1, 1000, () => now);
  for (let index = 0; index < 20_000; index += 1) limit.take(`key ${index}`);
  expect(limit.take('key 0')).toBe(1);
  now = 1000;
  expect(limit.take('key 0')).toBeNull();
});
