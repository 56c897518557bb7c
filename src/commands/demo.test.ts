import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../test/database.ts';
import { workOff } from '../../test/scores.ts';
import { parseConfig } from '../config.ts';
import { databaseClock } from '../database/clock.ts';
import { getOverview } from '../overview/get-overview.ts';
import { verifyDatabase } from '../synthetic/verify.ts';
import { fillWithDemo } from './demo.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  await fillWithDemo({ db: database.db, config: parseConfig({}) });
});
afterAll(() => database.drop());

it('has flags that opened and closed over the weeks before, and reports of the last days once a worker came by', async () => {
  const { db } = database;
  await workOff(db);
  expect(await db.selectFrom('tutors_to_rescore').select('tutor_id').execute()).toEqual([]);
  for (const { check, faults } of await verifyDatabase(db)) expect([check, faults]).toEqual([check, 0]);

  const {
    as_of,
    tutors,
    flags: changes,
    reports,
    waiting,
    who_first,
  } = await getOverview(db, { asOf: await databaseClock(db), isPast: false }, 30);
  const stored = await db.selectFrom('risk_flags').select(['opened_at', 'closed_at']).execute();
  const oldest = Math.min(...stored.map(({ opened_at }) => opened_at.getTime()));
  expect(as_of.getTime() - oldest).toBeGreaterThan(58 * DAY_MS);
  expect(tutors.total).toBe(100);
  expect(stored.filter(({ closed_at }) => closed_at === null)).toHaveLength(tutors.confirmed + tutors.watch);
  expect(Math.min(changes.opened, changes.closed, reports.pending)).toBeGreaterThan(0);
  expect(waiting.tutors).toBe(0);
  expect(who_first).toHaveLength(8);
});

it('leaves a database with tutors as it is', async () => {
  const count = async () => (await database.db.selectFrom('risk_flags').select('id').execute()).length;
  const before = await count();
  await database.db.deleteFrom('risk_flags').where('closed_at', 'is not', null).execute();
  const left = await count();
  await fillWithDemo({ db: database.db, config: parseConfig({}) });
  expect([await count(), left < before]).toEqual([left, true]);
});
