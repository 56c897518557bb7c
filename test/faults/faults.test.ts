import { expect, test } from 'vitest';
import { runFaults } from './harness/run.ts';

/** A few of each sort; all of them, on both queues, are played by `npm run test:faults`. */
const KINDS = ['API killed', 'worker killed', 'PostgreSQL killed', 'mail line broken before the answer'];

test('two APIs and two workers keep every promise while one thing after the other breaks', async () => {
  const options = { seed: 11, faults: KINDS.length, queue: 'postgres', perSecond: 10, isDurable: false } as const;
  const { faults, problems, sessions, mails } = await runFaults({ ...options, kinds: KINDS }, () => {});
  expect(problems).toEqual([]);
  expect(faults.map(({ kind }) => kind).toSorted()).toEqual(KINDS.toSorted());
  expect(sessions).toBeGreaterThan(20);
  expect(mails?.sent).toBeGreaterThan(20);
}, 240_000);
