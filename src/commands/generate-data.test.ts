import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../test/database.ts';
import { programs } from '../../test/processes.ts';
import type { Db } from '../database/connection.ts';

const AS_OF = '2024-06-01T00:00:00Z';

const { run } = programs();

let databases: [TestDatabase, TestDatabase];
beforeAll(async () => {
  databases = await Promise.all([createTestDatabase(), createTestDatabase()]);
});
afterAll(async () => {
  for (const database of databases) await database.drop();
});

const generate = ({ connectionString }: TestDatabase, args: string[], env = {}) =>
  run(['generate-data', '--seed', '7', '--as-of', AS_OF, ...args], {
    LOG_LEVEL: 'warn',
    DATABASE_URL: connectionString,
    ...env,
  });

it('makes the same rows of the same seed and time, and prints each target beside what it reached', async () => {
  const [first, second] = databases;
  const [ended] = await Promise.all([generate(first, []), generate(second, ['--clear-existing'])]);
  expect(ended.code).toBe(0);
  expect(ended.stdout).toMatch(/^target +wanted +reached/);
  expect(ended.stdout).toContain(' 0 ✗ missed');
  expect(ended.stdout).toContain('ok     every score equals a recount of its windows');
  expect(ended.stderr).toContain('100 tutors and 3000 sessions are stored, as of 2024-06-01T00:00:00.000Z.');
  const rows = await rowsOf(first.db);
  expect(rows).toMatchObject({ tutors: { length: 100 }, sessions: { length: 3000 } });
  expect(await rowsOf(second.db)).toEqual(rows);
});

it('deletes nothing in production, and with --clear-existing everything elsewhere', async () => {
  const [database] = databases;
  const before = await rowsOf(database.db);
  const production = { ENVIRONMENT: 'production', API_KEY: 'k'.repeat(16), SECRET_KEY: 's'.repeat(32) };
  const small = ['--tutors', '75', '--sessions', '100', '--clear-existing'];
  expect(await generate(database, small, production)).toMatchObject({
    code: 1,
    stderr: 'With ENVIRONMENT=production --clear-existing deletes nothing.\n',
  });
  expect(await rowsOf(database.db)).toEqual(before);
  await generate(database, small);
  expect(await rowsOf(database.db)).toMatchObject({ tutors: { length: 75 }, sessions: { length: 100 } });
});

/** All that the seed decides: not when a row was written, nor the ids that the database makes. */
async function rowsOf(db: Db) {
  const tutors = await db
    .selectFrom('tutors')
    .select(['id', 'name', 'email', 'is_active', 'occurred_at'])
    .orderBy('id')
    .execute();
  const sessions = await db
    .selectFrom('sessions')
    .select(['id', 'tutor_id', 'student_id', 'scheduled_time', 'completed_time', 'status', 'duration_minutes'])
    .select(['occurred_at'])
    .orderBy('id')
    .execute();
  const reschedules = await db
    .selectFrom('reschedules')
    .select(['session_id', 'initiator', 'original_time', 'new_time', 'reason', 'reason_code', 'cancelled_at'])
    .select(['hours_before_session'])
    .orderBy('session_id')
    .execute();
  return { tutors, sessions, reschedules };
}
