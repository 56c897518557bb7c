import { sql } from 'kysely';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { TESTER } from '../../test/actor.ts';
import { auditRows } from '../../test/audit.ts';
import { createTestDatabase, type TestDatabase } from '../../test/database.ts';
import { OTHER_TUTOR, TUTOR, USER } from '../../test/every-table.ts';
import { deleteOldRecords } from './delete-old-records.ts';
import { type PastRead, record, recordReads } from './record-queries.ts';

let database: TestDatabase;
beforeEach(async () => {
  database = await createTestDatabase();
});
afterEach(() => database.drop());

const note = (reads: PastRead[]) => database.db.transaction().execute((tx) => recordReads(tx, reads, 15));
const look = (subjectId: string, agoMs = 0): PastRead => ({
  userId: USER,
  subject: 'tutor',
  subjectId,
  requestId: 'request-1',
  agoMs,
});

it.each([
  'update audit_log set actor_id = null',
  'delete from audit_log',
  'truncate audit_log',
  'truncate audit_log, tutors cascade',
])('is refused by the log, also where there is nothing to change: %s', async (statement) => {
  await expect(sql.raw(statement).execute(database.db)).rejects.toThrow('audit_log is append-only');
  await record(database.db, TESTER, { action: 'saw', subject: 'tutors' });
  await expect(sql.raw(statement).execute(database.db)).rejects.toThrow('audit_log is append-only');
  expect(await auditRows(database.db)).toHaveLength(1);
});

it('notes a look once in 15 minutes, whichever process writes it, also when two do at once', async () => {
  await note([look(TUTOR, 20 * 60_000)]);
  await Promise.all([note([look(TUTOR, 1000), look(OTHER_TUTOR)]), note([look(TUTOR)]), note([look(OTHER_TUTOR)])]);
  const rows = await auditRows(database.db);
  expect(rows.map(({ subject_id }) => subject_id).sort()).toEqual([TUTOR, TUTOR, OTHER_TUTOR]);
  const minutesAgo = (Date.now() - (rows[0]?.at.getTime() ?? 0)) / 60_000;
  expect(Math.round(minutesAgo)).toBe(20);
});

it('keeps records for 400 days, and notes how many went', async () => {
  const { db } = database;
  const now = new Date('2026-06-30T12:00:00Z');
  const old = { actor_kind: 'user', actor_id: USER, action: 'saw', subject_kind: 'tutors' } as const;
  const times = ['2024-01-01T00:00:00Z', '2025-05-25T23:59:59Z', '2025-05-26T00:00:00Z', '2026-06-30T00:00:00Z'];
  for (const at of times)
    await db
      .insertInto('audit_log')
      .values({ ...old, at })
      .execute();
  const remove = () => deleteOldRecords(db, () => Promise.resolve(now), TESTER);
  expect([await remove(), await remove()]).toEqual([2, 0]);
  const rows = await auditRows(db);
  expect(rows.slice(0, 2).map(({ at }) => at.toISOString())).toEqual([
    '2025-05-26T00:00:00.000Z',
    '2026-06-30T00:00:00.000Z',
  ]);
  expect(rows.slice(2)).toMatchObject([
    { action: 'deleted', subject_kind: 'audit_log', details: { records: 2, before: '2025-05-26T00:00:00.000Z' } },
  ]);
});

it('locks itself again after retention, within the same transaction', async () => {
  const both = database.db.transaction().execute(async (tx) => {
    await deleteOldRecords(database.db, () => Promise.resolve(new Date()), TESTER);
    await sql`delete from audit_log`.execute(tx);
  });
  await expect(both).rejects.toThrow('append-only');
});
