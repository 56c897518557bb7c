import { expect, it } from 'vitest';
import { ownCounts } from './counts.ts';

const MINUTE = 60_000;
const two = { max: 2, windowMs: MINUTE };
const one = { max: 1, windowMs: MINUTE };

it('counts so many of a key, and says when the window of the rest ends', () => {
  let now = 0;
  const counts = ownCounts(() => now);
  expect([counts.take('a', two), counts.take('a', two)]).toEqual([
    { count: 1, endsInMs: MINUTE },
    { count: 2, endsInMs: MINUTE },
  ]);
  now = 15_500;
  expect(counts.take('a', two)).toEqual({ count: 3, endsInMs: 44_500 });
  expect(counts.take('a', two)).toEqual({ count: 3, endsInMs: 44_500 });
  expect(counts.take('b', two)).toEqual({ count: 1, endsInMs: MINUTE });
  now = MINUTE;
  expect(counts.take('a', two)).toEqual({ count: 1, endsInMs: MINUTE });
});

it('does not count what is given back', () => {
  const counts = ownCounts(() => 0);
  expect(counts.take('a', one).count).toBe(1);
  counts.giveBack('a');
  counts.giveBack('never seen');
  expect([counts.take('a', one).count, counts.take('a', one).count]).toEqual([1, 2]);
});

it('forgets keys whose window has ended', () => {
  let now = 0;
  const counts = ownCounts(() => now);
  for (let index = 0; index < 20_000; index += 1) counts.take(`key ${index}`, one);
  expect(counts.take('key 0', one).count).toBe(2);
  now = MINUTE;
  expect(counts.take('key 0', one).count).toBe(1);
});
