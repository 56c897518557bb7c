import { expect, it } from 'vitest';
import { givingWay } from './give-way.ts';

it('lets others have their turn after a slice of work, and not after each step', async () => {
  let ms = 0;
  let turns = 0;
  const others = givingWay(() => ms);
  const turnOfOthers = (): void => {
    turns += 1;
    setImmediate(turnOfOthers);
  };
  setImmediate(turnOfOthers);
  for (let step = 0; step < 7; step += 1) {
    ms += 1;
    await others();
  }
  expect(turns).toBe(0);
  ms += 1;
  await others();
  expect(turns).toBeGreaterThan(0);
});
