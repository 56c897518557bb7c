import { describe, expect, it } from 'vitest';
import { keepWhileSame, onceEach } from './keep.ts';

/** Work that is told when to be done, and how often it was begun. */
function piecesOfWork() {
  const begun: { done: (value: string) => void; failed: (error: Error) => void }[] = [];
  const work = () => new Promise<string>((done, failed) => begun.push({ done, failed }));
  return { begun, work };
}

const TIMES = { leastMs: 10_000, mostMs: 60_000 };
const NOON = new Date('2026-04-08T12:00:00Z');
const later = (seconds: number) => new Date(NOON.getTime() + 1000 * seconds);

describe('onceEach', () => {
  it('works a question out once for all who ask, and another one by itself', async () => {
    const { begun, work } = piecesOfWork();
    const ask = onceEach(work);
    const answers = Promise.all([ask(15), ask(15), ask(20)]);
    for (const [index, { done }] of begun.entries()) done(`answer ${index}`);
    expect(await answers).toEqual(['answer 0', 'answer 0', 'answer 1']);
    expect(await ask(15)).toBe('answer 0');
    expect(begun).toHaveLength(2);
  });

  it('tries again after a failure', async () => {
    const { begun, work } = piecesOfWork();
    const ask = onceEach(work);
    const first = ask(15);
    begun[0]?.failed(new Error('gone'));
    await expect(first).rejects.toThrow('gone');
    const second = ask(15);
    begun[1]?.done('there');
    expect(await second).toBe('there');
  });

  it('does not keep more than a hundred answers', async () => {
    const asked: number[] = [];
    const ask = onceEach((question) => {
      asked.push(question);
      return Promise.resolve(question);
    });
    for (let question = 0; question <= 100; question += 1) await ask(question);
    await ask(100);
    await ask(0);
    expect(asked.slice(100)).toEqual([100, 0]);
  });
});

describe('keepWhileSame', () => {
  it('holds what was worked out while the data are the same, and gives it to all who wait', async () => {
    const { begun, work } = piecesOfWork();
    const keep = keepWhileSame(TIMES, work);
    const both = Promise.all([keep('a', NOON), keep('a', later(1))]);
    begun[0]?.done('first');
    expect(await both).toEqual(['first', 'first']);
    expect(await keep('a', later(59))).toBe('first');
    expect(begun).toHaveLength(1);
  });

  it('holds it for a while even if the data change all the time', async () => {
    const { begun, work } = piecesOfWork();
    const keep = keepWhileSame(TIMES, work);
    void keep('a', NOON);
    begun[0]?.done('first');
    expect([await keep('b', later(5)), await keep('c', later(9))]).toEqual(['first', 'first']);
    expect(begun).toHaveLength(1);
  });

  it.each([
    ['the data have changed', 'b', later(10)],
    ['its time is over', 'a', later(60)],
  ])('works it out again when %s', async (_what, version, asOf) => {
    const { begun, work } = piecesOfWork();
    const keep = keepWhileSame(TIMES, work);
    void keep('a', NOON);
    begun[0]?.done('first');
    const second = keep(version, asOf);
    begun[1]?.done('second');
    expect(await second).toBe('second');
  });

  it('does not hold a failure', async () => {
    const { begun, work } = piecesOfWork();
    const keep = keepWhileSame(TIMES, work);
    const first = keep('a', NOON);
    begun[0]?.failed(new Error('gone'));
    await expect(first).rejects.toThrow('gone');
    const second = keep('a', NOON);
    begun[1]?.done('there');
    expect(await second).toBe('there');
  });
});
