import { setImmediate } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { createTestDatabase } from '../../test/database.ts';
import { isReachable } from './ping.ts';

it('does not take a process that was held up for a database that is gone', async () => {
  const { db, drop } = await createTestDatabase();
  await isReachable(db);
  const reachable = isReachable(db);
  // The question is on its way; then nothing is read for longer than the database may take.
  for (let turn = 0; turn < 3; turn += 1) await setImmediate();
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2200);
  expect(await reachable).toBe(true);
  await drop();
});
