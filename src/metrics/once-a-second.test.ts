import { expect, it } from 'vitest';
import { onceASecond } from './once-a-second.ts';

it('asks once a second, however many want to know, also meanwhile', async () => {
  let [time, asked] = [0, 0];
  const ask = onceASecond(
    async () => (asked += 1),
    () => time,
  );
  expect(await Promise.all([ask(), ask(), ask()])).toEqual([1, 1, 1]);
  time = 999;
  expect(await ask()).toBe(1);
  time = 1000;
  expect(await Promise.all([ask(), ask()])).toEqual([2, 2]);
});
