import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { onceATurn } from './once-a-turn.ts';

it('is done once for all who ask in one turn, after the last of them asked', async () => {
  let asked = 0;
  const seen: number[] = [];
  const ask = onceATurn(async () => seen.push(asked));
  const twenty = Array.from({ length: 20 }, () => {
    asked += 1;
    return ask();
  });
  expect(seen).toEqual([]);
  expect(new Set(await Promise.all(twenty))).toEqual(new Set([1]));
  expect(seen).toEqual([20]);
});

it('is done again for who asks while it is under way, and at the same time', async () => {
  const underway: PromiseWithResolvers<string>[] = [];
  const ask = onceATurn(() => {
    const work = Promise.withResolvers<string>();
    underway.push(work);
    return work.promise;
  });
  const first = ask();
  await nextTurn();
  const second = ask();
  await nextTurn();
  expect(underway).toHaveLength(2);
  underway[1]?.resolve('second');
  expect(await second).toBe('second');
  underway[0]?.resolve('first');
  expect(await first).toBe('first');
});

it('fails for all who shared it, and for nobody after them', async () => {
  let isBroken = true;
  const ask = onceATurn(async () => {
    if (isBroken) throw new Error('broken');
    return 'whole';
  });
  const both = await Promise.allSettled([ask(), ask()]);
  expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  isBroken = false;
  expect(await ask()).toBe('whole');
});
