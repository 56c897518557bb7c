import { setImmediate as others } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { openGate } from './gate.ts';

/** Work that is told when to be done, and the order in which it was begun. */
function piecesOfWork() {
  const begun: { name: string; done: () => void; failed: (error: Error) => void }[] = [];
  const work = (name: string) => () =>
    new Promise<string>((resolve, failed) => begun.push({ name, done: () => resolve(name), failed }));
  return { work, begun, names: () => begun.map(({ name }) => name) };
}

it('lets so many through at a time, in the order in which they came, also after a failure', async () => {
  const { work, begun, names } = piecesOfWork();
  const gate = openGate(2, 10);
  const results = ['a', 'b', 'c', 'd'].map((name) => gate(work(name)).catch(() => `${name} failed`));
  await others();
  expect(names()).toEqual(['a', 'b']);
  begun[1]?.failed(new Error('no'));
  await others();
  expect(names()).toEqual(['a', 'b', 'c']);
  begun[0]?.done();
  await others();
  expect(names()).toEqual(['a', 'b', 'c', 'd']);
  for (const { done } of begun) done();
  expect(await Promise.all(results)).toEqual(['a', 'b failed', 'c', 'd']);
  const later = gate(work('e'));
  await others();
  expect(names().at(-1)).toBe('e');
  begun.at(-1)?.done();
  expect(await later).toBe('e');
});

it('says no at once to who finds too many waiting', async () => {
  const { work, begun } = piecesOfWork();
  const gate = openGate(1, 1);
  const first = gate(work('a'));
  const second = gate(work('b'));
  await expect(gate(work('c'))).rejects.toMatchObject({ code: 'unavailable' });
  begun[0]?.done();
  expect(await first).toBe('a');
  await others();
  begun[1]?.done();
  expect(await second).toBe('b');
});
