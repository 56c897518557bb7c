import { expect, it } from 'vitest';
import { type GatherOptions, gatherReads } from './gather-reads.ts';
import type { PastRead, Read } from './record-queries.ts';

const MINUTE = 60_000;
const look = (subjectId: string, userId = 'ada'): Read => ({ userId, subject: 'tutor', subjectId, requestId: null });

function gathering(write: (reads: PastRead[]) => Promise<void>) {
  const clock = { now: 0 };
  const warnings: object[] = [];
  const log: GatherOptions['log'] = { warn: (facts) => void warnings.push(facts) };
  return { clock, warnings, reads: gatherReads({ write, log, now: () => clock.now }) };
}

it('writes looks in one batch, each with how long ago it was, and a page that polls once in 15 minutes', async () => {
  const written: [string | null, string, number][][] = [];
  const { clock, reads } = gathering(async (batch) => {
    written.push(batch.map(({ subjectId, userId, agoMs }) => [subjectId, userId, agoMs]));
  });
  for (const who of ['ada', 'ada', 'ben']) reads.add(look('one', who));
  clock.now = 400;
  reads.add(look('two'));
  clock.now = 1000;
  await reads.flush();
  clock.now = 15 * MINUTE - 1;
  reads.add(look('one'));
  await reads.flush();
  clock.now = 15 * MINUTE;
  reads.add(look('one'));
  await reads.close();
  expect(written).toEqual([
    [
      ['one', 'ada', 1000],
      ['one', 'ben', 1000],
      ['two', 'ada', 600],
    ],
    [['one', 'ada', 0]],
  ]);
});

it('writes by itself within a second', async () => {
  const { promise, resolve } = Promise.withResolvers<number>();
  const { reads } = gathering(async (batch) => resolve(batch.length));
  reads.add(look('one'));
  expect(await promise).toBe(1);
  await reads.close();
});

it('keeps what could not be written for the next time, and no more than memory allows', async () => {
  const written: number[] = [];
  let isAway = true;
  const { reads, warnings } = gathering(async (batch) => {
    if (isAway) throw new Error('the database is away');
    written.push(batch.length);
  });
  for (let index = 0; index < 10_003; index += 1) reads.add(look(`${index}`));
  await reads.flush();
  expect(warnings).toEqual([{ reason: 'the database is away', waiting: 10_000, lost: 3 }]);
  isAway = false;
  await reads.close();
  expect(written).toEqual([10_000]);
  expect(warnings.at(-1)).toEqual({ lost: 3 });
});
