import { sql } from 'kysely';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { TESTER } from '../../test/actor.ts';
import { countOf } from '../../test/all-rows.ts';
import { auditRows } from '../../test/audit.ts';
import { createTestDatabase, type TestDatabase } from '../../test/database.ts';
import { fillEveryTable, TUTOR } from '../../test/every-table.ts';
import { programs } from '../../test/processes.ts';
import { workOff } from '../../test/scores.ts';
import { verifyDatabase } from '../synthetic/verify.ts';
import { deleteOld } from './delete-old.ts';

const PATIENCE = { timeout: 20_000, interval: 50 };
const NOW = new Date('2026-06-30T12:00:00Z');
const { start } = programs();

let database: TestDatabase;
beforeEach(async () => {
  database = await createTestDatabase();
});
afterEach(() => database.drop());

/** Sessions, each moved and reported, at these times. */
async function fill(times: readonly Date[]): Promise<void> {
  await sql`
    insert into tutors (id, name, occurred_at) values (${TUTOR}, 'Ada', now()) on conflict do nothing
  `.execute(database.db);
  await sql`insert into tutor_scores (tutor_id) values (${TUTOR}) on conflict do nothing`.execute(database.db);
  await sql`
    with s as (
      insert into sessions (id, tutor_id, student_id, scheduled_time, reported_time, status, occurred_at, reports_decided_at)
      select gen_random_uuid(), ${TUTOR}, 's-1', at, at, 'rescheduled', at, at
        from unnest(${times.map((time) => time.toISOString())}::timestamptz[]) at
      returning id, scheduled_time),
    r as (
      insert into reschedules (session_id, tutor_id, initiator, original_time, cancelled_at_is_default)
      select id, ${TUTOR}, 'tutor', scheduled_time, false from s)
    insert into email_reports (session_id, recipient_email, facts, next_attempt_at)
    select id, 'admin@example.com', '{}', now() from s
  `.execute(database.db);
}

const remove = (signal = new AbortController().signal) =>
  deleteOld(database.db, () => Promise.resolve(NOW), { days: 250, timezone: 'Europe/Berlin', actor: TESTER }, signal);
const timesLeft = async () =>
  (await database.db.selectFrom('sessions').select('scheduled_time').orderBy('scheduled_time').execute()).map(
    ({ scheduled_time }) => scheduled_time.toISOString(),
  );

it('deletes sessions from before a midnight, with reschedules and reports, and keeps the day that follows', async () => {
  // Of January 2024: two sessions, a report, an open flag, one that closed, and an alarm.
  await fillEveryTable(database.db);
  // 250 days before: 23 October, which begins in Berlin at 22:00 UTC.
  await fill([
    new Date('2025-10-22T21:59:59Z'),
    new Date('2024-01-01T00:00:00Z'),
    new Date('2025-10-22T22:00:00Z'),
    new Date('2026-06-29T12:00:00Z'),
  ]);
  const flag = (closed: string) => sql`
    insert into risk_flags (tutor_id, opened_at, closed_at, close_reason, rule, window_days, sessions, reschedules, risk_threshold)
    values (${TUTOR}, '2024-01-01', ${closed}, 'rate_fell', 'any_window_above_threshold', 7, 9, 3, 15)
  `;
  await flag('2025-10-22T21:00:00Z').execute(database.db);
  await flag('2025-10-23T21:00:00Z').execute(database.db);
  await sql`
    insert into rise_alarms
    select (jsonb_populate_record(a, '{"signalled_at": "2026-06-01T00:00:00Z"}')).* from rise_alarms a
  `.execute(database.db);

  expect(await remove()).toEqual({ sessions: 4, email_reports: 3, risk_flags: 2, rise_alarms: 1 });
  const noted = (await auditRows(database.db)).slice(-2).map(({ action, details }) => [action, details]);
  expect(noted).toEqual([
    ['deleted', { sessions: 4, reschedules: 3, email_reports: 3 }],
    ['deleted', { risk_flags: 2, rise_alarms: 1 }],
  ]);
  expect(await timesLeft()).toEqual(['2025-10-22T22:00:00.000Z', '2026-06-29T12:00:00.000Z']);
  expect(await countOf(database.db, 'reschedules')).toBe(2);
  // What is open still holds.
  expect(await countOf(database.db, 'risk_flags')).toBe(2);
  expect(await remove()).toEqual({ sessions: 0, email_reports: 0, risk_flags: 0, rise_alarms: 0 });
});

it('goes through more than one batch, and leaves the rest when it is asked to stop', async () => {
  await fill(Array.from({ length: 2500 }, (_, index) => new Date(Date.UTC(2024, 0, 1) + index * 60_000)));
  expect(await remove(AbortSignal.abort())).toMatchObject({ sessions: 0 });
  expect(await remove()).toMatchObject({ sessions: 2500, email_reports: 2500 });
  expect(await timesLeft()).toEqual([]);
});

it('passes by a session that somebody holds', async () => {
  await fill([new Date('2024-01-01T00:00:00Z'), new Date('2024-01-02T00:00:00Z')]);
  await database.db.transaction().execute(async (tx) => {
    await sql`select from sessions where scheduled_time < '2024-01-02' for update`.execute(tx);
    expect(await remove()).toMatchObject({ sessions: 1 });
  });
  expect(await remove()).toMatchObject({ sessions: 1 });
});

it('is what a worker does that is told to, and scores stay what a recount says', async () => {
  const daysAgo = (days: number) => new Date(Date.now() - days * 24 * 60 * 60 * 1000);
  await fill([daysAgo(400), daysAgo(300), daysAgo(260), daysAgo(10)]);
  await sql`insert into tutors_to_rescore (tutor_id) values (${TUTOR})`.execute(database.db);
  await workOff(database.db);
  const env = { DATABASE_URL: database.connectionString, LOG_LEVEL: 'info' };
  const keeping = await start(['worker'], env);
  await keeping.says(/Worker runs/);
  expect(await countOf(database.db)).toBe(4);
  await keeping.stop('SIGTERM');
  const worker = await start(['worker'], { ...env, RETENTION_DAYS: '255' });
  await vi.waitFor(async () => expect(await countOf(database.db)).toBe(1), PATIENCE);
  await worker.says(/"deleted":\{"sessions":3,"email_reports":3/);
  for (const { check, faults } of await verifyDatabase(database.db)) expect([check, faults]).toEqual([check, 0]);
  await worker.stop('SIGTERM');
});
