import { setImmediate as others } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { openAnswers } from './answers.ts';

/** Work that is told when to be done, one that tells its number. */
function pieceOfWork() {
  const begun: { done: () => void; failed: (error: Error) => void }[] = [];
  const work = () =>
    new Promise<string>((resolve, failed) => {
      const text = `answer ${begun.length}`;
      begun.push({ done: () => resolve(text), failed });
    });
  return { begun, work };
}

const QUESTION = { question: 'q', version: '1', isSlow: false };

it('works an answer out once for all who ask at the same time, and gives it to who asks later', async () => {
  const answers = openAnswers(null);
  const { begun, work } = pieceOfWork();
  const asked = Promise.all([answers(QUESTION, work), answers(QUESTION, work), answers(QUESTION, work)]);
  await others();
  expect(begun).toHaveLength(1);
  begun[0]?.done();
  expect(await asked).toEqual(['answer 0', 'answer 0', 'answer 0']);
  expect(await answers(QUESTION, work)).toBe('answer 0');
  expect(begun).toHaveLength(1);
});

it('gives nobody the answer of another version or question, not even while it is being worked out', async () => {
  const answers = openAnswers(null);
  const { begun, work } = pieceOfWork();
  const asked = [
    answers(QUESTION, work),
    answers({ ...QUESTION, version: '2' }, work),
    answers({ ...QUESTION, question: 'r' }, work),
  ];
  await others();
  for (const { done } of begun) done();
  expect(await Promise.all(asked)).toEqual(['answer 0', 'answer 1', 'answer 2']);
  const later = answers({ ...QUESTION, version: '3' }, work);
  await others();
  begun[3]?.done();
  expect(await later).toBe('answer 3');
});

it('does not keep a failure', async () => {
  const answers = openAnswers(null);
  const { begun, work } = pieceOfWork();
  const asked = answers(QUESTION, work);
  await others();
  begun[0]?.failed(new Error('gone'));
  await expect(asked).rejects.toThrow('gone');
  const again = answers(QUESTION, work);
  await others();
  begun[1]?.done();
  expect(await again).toBe('answer 1');
});

it('works out slow answers one by one, and others beside them', async () => {
  const answers = openAnswers(null);
  const { begun, work } = pieceOfWork();
  const slow = ['a', 'b', 'c'].map((question) => answers({ question, version: '1', isSlow: true }, work));
  await others();
  expect(begun).toHaveLength(1);
  const quick = answers(QUESTION, work);
  await others();
  expect(begun).toHaveLength(2);
  begun[1]?.done();
  expect(await quick).toBe('answer 1');
  for (const index of [0, 2, 3]) {
    begun[index]?.done();
    await others();
  }
  expect(await Promise.all(slow)).toEqual(['answer 0', 'answer 2', 'answer 3']);
});
