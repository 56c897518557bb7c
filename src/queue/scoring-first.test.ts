import { expect, it } from 'vitest';
import { scoringFirst } from './scoring-first.ts';

/** How many of five mails are on their way at once, at the most. */
async function mostAtOnce(sending: ReturnType<typeof scoringFirst>['sending']): Promise<number> {
  let current = 0;
  let most = 0;
  const send = async () => {
    current += 1;
    most = Math.max(most, current);
    await Promise.resolve();
    current -= 1;
  };
  await Promise.all(Array.from({ length: 5 }, () => sending(send)));
  return most;
}

it('sends one at a time while sessions are scored and shortly after, then several at once', async () => {
  let time = 0;
  const { scoring, sending } = scoringFirst(() => time);
  expect(await mostAtOnce(sending)).toBe(5);
  await scoring(async () => expect(await mostAtOnce(sending)).toBe(1));
  time = 199;
  expect(await mostAtOnce(sending)).toBe(1);
  time = 200;
  expect(await mostAtOnce(sending)).toBe(5);
});

it('goes on after a mail or a scoring that fails', async () => {
  const { scoring, sending } = scoringFirst(() => 0);
  await expect(scoring(() => Promise.reject(new Error('scoring')))).rejects.toThrow('scoring');
  await expect(sending(() => Promise.reject(new Error('mail')))).rejects.toThrow('mail');
  expect(await sending(() => Promise.resolve('sent'))).toBe('sent');
});
