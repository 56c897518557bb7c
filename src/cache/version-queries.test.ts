import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../test/database.ts';
import { fillEveryTable } from '../../test/every-table.ts';
import { completedSession, hoursAgo } from '../../test/factories.ts';
import { eventOf } from '../../test/session-events.ts';
import type { Db } from '../database/connection.ts';
import { migrateDown, migrateUp } from '../database/migrate.ts';
import { ingestSessions } from '../sessions/ingest-sessions.ts';
import { databaseIdentity, dataVersion } from './version-queries.ts';

let database: TestDatabase;
let db: Db;
beforeAll(async () => {
  database = await createTestDatabase({ poolSize: 40 });
  ({ db } = database);
  await fillEveryTable(db);
});
afterAll(() => database.drop());

const now = () => dataVersion(db, ['marketplace', 'reports'], null);
const daysAgo = (days: number) => new Date(Date.now() - days * 24 * 60 * 60 * 1000);
const run = (statement: string) => sql.raw(statement).execute(db);

const CHANGED = `
  tutors settings sessions reschedules risk_flags rate_priors marketplace_days rise_alarms tutor_scores
  tutors_to_rescore sweep_state email_reports
`
  .trim()
  .split(/\s+/);

/** What a statement in a transaction of its own, which is taken back, does to the version. */
async function versionAfter(table: string, statement: string): Promise<string> {
  const tx = await db.startTransaction().execute();
  try {
    // Whoever points to these rows is another question.
    const { rows } = await sql<{ owner: string; name: string }>`
      select conrelid::regclass::text as owner, conname as name from pg_constraint
       where contype = 'f' and confrelid = ${table}::regclass`.execute(tx);
    for (const { owner, name } of rows) await sql.raw(`alter table ${owner} drop constraint ${name}`).execute(tx);
    await sql.raw(statement).execute(tx);
    return await dataVersion(tx, ['marketplace', 'reports'], null);
  } finally {
    await tx.rollback().execute();
  }
}

describe('the version', () => {
  it.each(CHANGED)(
    'is another one after every statement that changes rows of %s, and after no other',
    async (table) => {
      const { rows } = await sql<{ column: string; statements: number }>`
      select attname as column, (select count(*) from pg_trigger where tgrelid = attrelid and tgname like 'note_%') as statements
        from pg_attribute
       where attrelid = ${table}::regclass and attnum > 0 and attgenerated = '' and attidentity = '' order by attnum limit 1
    `.execute(db);
      const { column = '', statements } = rows[0] ?? {};
      expect(statements).toBe(table === 'reschedules' ? 2 : 4);
      const before = await now();
      // Of a tutor only what answers show.
      const update = `update ${table} set ${table === 'tutors' ? `name = name || '!'` : `${column} = ${column}`}`;
      const after = (statement: string) => versionAfter(table, statement);
      expect([await after(`${update} where false`), await after(`delete from ${table} where false`)]).toEqual([
        before,
        before,
      ]);
      for (const statement of [update, `delete from ${table}`, `truncate ${table}`])
        expect([statement, (await after(statement)) === before]).toEqual([statement, false]);
      expect(await now()).toBe(before);
    },
  );
});

describe('several at once', () => {
  it('raise it without waiting for each other, and each of them counts', async () => {
    const sum = async () => Number((await now()).split('.').at(-1));
    const before = await sum();
    const open = await Promise.all(Array.from({ length: 20 }, () => db.startTransaction().execute()));
    await Promise.all(
      open.map((tx, index) =>
        sql`insert into sweep_state (name, watermark) values (${`sweep ${index}`}, now())`.execute(tx),
      ),
    );
    expect(await sum()).toBe(before);
    for (const [index, tx] of open.entries()) {
      await tx.commit().execute();
      expect(await sum()).toBe(before + index + 1);
    }
    const { rows } = await sql<{ slots: number }>`
      select count(distinct slot) as slots from data_versions where day = 'infinity'`.execute(db);
    expect(rows[0]?.slots).toBe(20);
    await run(`delete from sweep_state`);
    await run(`insert into sweep_state (name, watermark) values ('again', now())`);
    const { rows: later } = await sql<{ slots: number }>`select max(slot) as slots from data_versions`.execute(db);
    expect(later[0]?.slots).toBe(20);
  });

  it('do not see one that was taken back, with a savepoint or as a whole', async () => {
    const before = await now();
    const tx = await db.startTransaction().execute();
    await sql`savepoint here`.execute(tx);
    await sql`update settings set updated_by = 'x'`.execute(tx);
    await sql`rollback to here`.execute(tx);
    await tx.commit().execute();
    expect(await now()).toBe(before);
    const other = await db.startTransaction().execute();
    await sql`savepoint here`.execute(other);
    await sql`update settings set updated_by = 'y'`.execute(other);
    await sql`rollback to here`.execute(other);
    await sql`update settings set updated_by = 'z'`.execute(other);
    await other.commit().execute();
    expect(await now()).not.toBe(before);
  });
});

describe('the version of a past day', () => {
  const past = (days: number) => dataVersion(db, ['marketplace'], daysAgo(days));
  const ingest = async (hours: number, tutor_id: string) => {
    const body = completedSession({ tutor_id, scheduled_time: hoursAgo(hours), occurred_at: hoursAgo(0) });
    expect(await ingestSessions(db, [eventOf({ ...body, tutor: null })])).toEqual([{ outcome: 'created' }]);
  };

  it('stays as it is with sessions after it, and changes with those before it and what concerns all days', async () => {
    const tutor = completedSession({ scheduled_time: hoursAgo(8 * 24) });
    await ingestSessions(db, [eventOf(tutor)]);
    const before = [await past(4), await past(2), await now()];
    await ingest(1, tutor.tutor_id);
    expect([await past(4), await past(2)]).toEqual(before.slice(0, 2));
    expect(await now()).not.toBe(before[2]);
    await ingest(3 * 24, tutor.tutor_id);
    expect(await past(4)).toBe(before[0]);
    expect(await past(2)).not.toBe(before[1]);
    await run(`update tutors set occurred_at = now(), updated_at = now()`);
    expect(await past(4)).toBe(before[0]);
    await run(`update tutors set name = 'Another'`);
    expect(await past(4)).not.toBe(before[0]);
  });

  it('changes once for each transaction, for the earliest day of it, whatever comes first', async () => {
    const before = [await past(8), await past(6), await past(4)];
    await db.transaction().execute(async (tx) => {
      for (const days of [1, 5, 3]) {
        await sql`insert into risk_flags (tutor_id, opened_at, closed_at, close_reason, rule, window_days, sessions,
                                          reschedules, risk_threshold)
          select id, ${daysAgo(days)}, ${daysAgo(days)}, 'rate_fell', 'any_window_above_threshold', 7, 9, 3, 15
            from tutors limit 1`.execute(tx);
      }
    });
    expect(await past(8)).toBe(before[0]);
    expect(await past(6)).toBe(before[1]);
    expect(await past(4)).not.toBe(before[2]);
  });

  it('does not go back when days that are old are put together, and few rows are kept', async () => {
    await run(
      `insert into data_versions values ('reports', current_date - 40, 1, 7), ('reports', current_date - 30, 1, 2)`,
    );
    const of = (days: number) => dataVersion(db, ['reports'], daysAgo(days));
    const sum = (version: string) => Number(version.split('.').at(-1));
    const [young, old] = [sum(await of(3)), sum(await of(35))];
    await run(`delete from data_versions where subject = 'reports' and day > current_date - 14 and slot = 1`);
    await run(`insert into email_reports (session_id, recipient_email, facts, next_attempt_at)
               select id, 'b@example.com', '{}', now() from sessions limit 1`);
    expect(sum(await of(3))).toBe(young);
    expect(sum(await of(35))).toBeGreaterThan(old);
    const { rows } = await sql`select from data_versions where day between '2000-01-01' and current_date - 15`.execute(
      db,
    );
    expect(rows).toEqual([]);
  });
});

it('is none of those before in a schema that was made anew', async () => {
  const other = await createTestDatabase();
  const anew = async () => {
    while (!(await migrateDown(other.db)).includes('down 0008-data-versions'));
    await migrateUp(other.db);
    return dataVersion(other.db, ['marketplace', 'reports'], null);
  };
  const [before, after] = [await anew(), await anew()];
  expect(after.split('.').at(-1)).toBe(before.split('.').at(-1));
  expect(after).not.toBe(before);
  await other.drop();
});

it('tells databases apart', async () => {
  const other = await createTestDatabase();
  expect(await databaseIdentity(other.db)).not.toBe(await databaseIdentity(db));
  expect(await databaseIdentity(db)).toMatch(/^[0-9a-f]{32}$/);
  await other.drop();
});
