import { afterEach, beforeEach, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../test/database.ts';
import { movedSession } from '../../test/factories.ts';
import { ingestAt, processAt } from '../../test/reports.ts';

let database: TestDatabase;
beforeEach(async () => {
  database = await createTestDatabase();
});
afterEach(() => database.drop());

test('small batches leave time for others to join the next one, and end the wait when asked to stop', async () => {
  const [first, second] = [movedSession(), movedSession()];
  await ingestAt(database.db, [first]);
  const stopped = new AbortController();
  const done = Promise.withResolvers<string>();
  const overrides = { paceMs: 3_600_000, reportsMade: () => done.resolve('batch done') };
  const run = processAt(database.db, new Date(), overrides, stopped.signal).then(() => 'ended');
  await done.promise;
  await ingestAt(database.db, [second]);
  expect(await Promise.race([run, Promise.resolve('resting')])).toBe('resting');
  stopped.abort();
  expect(await run).toBe('ended');
  const waiting = await database.db.selectFrom('tutors_to_rescore').select('tutor_id').execute();
  expect(waiting).toEqual([{ tutor_id: second.tutor_id }]);
});
