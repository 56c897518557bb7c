import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../test/database.ts';
import { databaseClock } from '../database/clock.ts';
import { recalculateAll } from './recalculate-all.ts';

const TUTORS = 1700;

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  await sql`
    insert into tutors (id, name, occurred_at)
    select gen_random_uuid(), 'Tutor ' || n, now() from generate_series(1, ${TUTORS}::integer) n
  `.execute(database.db);
});
afterAll(() => database.drop());

it('counts each of many tutors once, whichever batch it is in', async () => {
  const { db } = database;
  expect(await recalculateAll(db, databaseClock, () => {})).toEqual({ tutors: TUTORS, changed: 0 });
  await sql`update tutor_scores set total_sessions_90d = 1, evidence_sessions = 1`.execute(db);
  const progress: number[] = [];
  expect(await recalculateAll(db, databaseClock, (done) => progress.push(done))).toEqual({
    tutors: TUTORS,
    changed: TUTORS,
  });
  expect(progress).toHaveLength(4);
  expect(progress).toEqual(progress.toSorted((a, b) => a - b));
  expect(progress.at(-1)).toBe(TUTORS);
});

it('begins no batch after one that failed', async () => {
  let asked = 0;
  const broken = () => {
    asked += 1;
    return Promise.reject(new Error('no time'));
  };
  await expect(recalculateAll(database.db, broken, () => {})).rejects.toThrow('no time');
  // The two that were under way.
  expect(asked).toBeLessThanOrEqual(2);
});
