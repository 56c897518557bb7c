import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type Catalog, readCatalog } from '../../scripts/read-catalog.ts';
import { createTestDatabase } from '../../test/database.ts';
import { fillEveryTable } from '../../test/every-table.ts';
import { connect, type Db } from './connection.ts';
import { isMigrated, migrateDown, migrateUp, migrationStatus } from './migrate.ts';
import * as tutorsAndSessions from './migrations/0001-tutors-and-sessions.ts';
import * as scoresAndFlags from './migrations/0002-scores-and-flags.ts';
import * as reports from './migrations/0003-reports.ts';
import * as users from './migrations/0004-users.ts';
import * as evidence from './migrations/0005-evidence.ts';
import * as erasedTutors from './migrations/0006-erased-tutors.ts';
import * as alerts from './migrations/0007-alerts.ts';
import * as dataVersions from './migrations/0008-data-versions.ts';
import * as auditLog from './migrations/0009-audit-log.ts';
import * as scoresInPlace from './migrations/0010-scores-in-place.ts';
import * as firstPasswords from './migrations/0011-first-passwords.ts';
import * as tutorsByName from './migrations/0012-tutors-by-name.ts';

/** Each with the tables that it makes. */
const STEPS: readonly { name: string; migration: Migration; tables: string[] }[] = [
  { name: '0001-tutors-and-sessions', migration: tutorsAndSessions, tables: ['tutors', 'sessions', 'reschedules'] },
  {
    name: '0002-scores-and-flags',
    migration: scoresAndFlags,
    tables: ['settings', 'tutor_scores', 'tutors_to_rescore', 'risk_flags', 'sweep_state'],
  },
  { name: '0003-reports', migration: reports, tables: ['email_reports'] },
  { name: '0004-users', migration: users, tables: ['users', 'user_sessions', 'user_credentials'] },
  {
    name: '0005-evidence',
    migration: evidence,
    tables: ['rate_priors', 'marketplace_days', 'rise_watches', 'rise_alarms'],
  },
  { name: '0006-erased-tutors', migration: erasedTutors, tables: ['erased_tutors'] },
  { name: '0007-alerts', migration: alerts, tables: ['alerts', 'alert_mails', 'failing_jobs'] },
  { name: '0008-data-versions', migration: dataVersions, tables: ['data_versions'] },
  { name: '0009-audit-log', migration: auditLog, tables: ['audit_log'] },
  { name: '0010-scores-in-place', migration: scoresInPlace, tables: [] },
  { name: '0011-first-passwords', migration: firstPasswords, tables: [] },
  { name: '0012-tutors-by-name', migration: tutorsByName, tables: [] },
];
const NAMES = STEPS.map(({ name }) => name);
const UP = NAMES.map((name) => `up ${name}`);

async function emptyDatabase() {
  const database = await createTestDatabase({ empty: true });
  onTestFinished(() => database.drop());
  return database;
}

describe('migrations', () => {
  it('say what they did, and the second time do nothing', async () => {
    const { db } = await emptyDatabase();
    expect(await migrateUp(db)).toEqual(UP);
    const schema = await readCatalog(db);
    expect(await migrateUp(db)).toEqual([]);
    expect(await readCatalog(db)).toEqual(schema);
  });

  it('keep the data when they run again', async () => {
    const { db } = await emptyDatabase();
    await migrateUp(db);
    await fillEveryTable(db);
    const rows = await allRows(db);
    await migrateUp(db);
    expect(await allRows(db)).toEqual(rows);
    expect(Object.values(rows).filter((content) => content.length === 0)).toEqual([]);
  });

  it('go down one by one with data in every table, and leave the other tables as they were', async () => {
    const { db } = await emptyDatabase();
    await migrateUp(db);
    await fillEveryTable(db);
    // Flags of evidence go with the evidence: migrate-evidence.test.ts.
    await db.deleteFrom('risk_flags').where('rule', '=', 'evidence').execute();
    for (const [done, { name }] of [...STEPS.entries()].toReversed()) {
      const before = await allRows(db);
      expect(await migrateDown(db)).toEqual([`down ${name}`]);
      const after = await allRows(db);
      const left = STEPS.slice(0, done).flatMap(({ tables }) => tables);
      expect(Object.keys(after)).toEqual(left.toSorted());
      expect(before).toMatchObject(after);
    }
    expect(await migrateDown(db)).toEqual([]);
    expect(await readCatalog(db)).toEqual({ ...NOTHING, extensions: ['pg_trgm'] });
  });

  it('go down to just the schema that stood before', async () => {
    const { db } = await emptyDatabase();
    const schemas: Catalog[] = [];
    for (const { migration } of STEPS) {
      schemas.push(await readCatalog(db));
      await migration.up(db);
    }
    const { db: other } = await emptyDatabase();
    await migrateUp(other);
    for (const schema of schemas.slice(1).toReversed()) {
      await migrateDown(other);
      expect(await readCatalog(other)).toEqual(schema);
    }
  });

  it('come up again after any number of steps down, on the data that stayed', async () => {
    const { db } = await emptyDatabase();
    await migrateUp(db);
    const schema = await readCatalog(db);
    await fillEveryTable(db);
    // What one more step takes back still has its data: the steps before left it alone.
    for (let steps = 1; steps <= NAMES.length; steps += 1) {
      for (let step = 0; step < steps; step += 1) await migrateDown(db);
      const stayed = await allRows(db);

      expect(await migrateUp(db)).toEqual(UP.slice(-steps));
      expect(await readCatalog(db)).toEqual(schema);
      expect(await allRows(db)).toMatchObject(stayed);
    }
  });

  it('can be filled again after all of them went down and up', async () => {
    const { db } = await emptyDatabase();
    await migrateUp(db);
    await fillEveryTable(db);
    for (const _ of NAMES) await migrateDown(db);
    await migrateUp(db);
    expect(Object.values(await allRows(db)).flat()).toEqual([]);
    await fillEveryTable(db);
  });

  it('are done once, whoever begins at the same time', async () => {
    const { db, connectionString } = await emptyDatabase();
    const others = [1, 2, 3].map(() => connect(connectionString, { max: 2 }));
    const done = await Promise.all([db, ...others].map(migrateUp));
    await Promise.all(others.map((other) => other.destroy()));
    expect(done.flat()).toEqual(UP);
    expect(done.filter((steps) => steps.length === 0)).toHaveLength(3);
    expect(await isMigrated(db)).toBe(true);
  });

  it('say where they stand', async () => {
    const { db } = await emptyDatabase();
    const notDone = NAMES.map((name) => ({ name, executedAt: null }));
    expect(await migrationStatus(db)).toEqual(notDone);
    expect(await isMigrated(db)).toBe(false);

    await migrateUp(db);
    expect(await migrationStatus(db)).toEqual(NAMES.map((name) => ({ name, executedAt: expect.any(Date) })));
    expect(await isMigrated(db)).toBe(true);

    await migrateDown(db);
    expect((await migrationStatus(db)).at(-1)).toEqual(notDone.at(-1));
    expect(await isMigrated(db)).toBe(false);
  });

  it('leave a database alone that newer code has migrated', async () => {
    const { db } = await emptyDatabase();
    await migrateUp(db);
    await sql`insert into kysely_migration (name, timestamp) values ('9999-future', now()::text)`.execute(db);
    await expect(migrateUp(db)).rejects.toThrow('9999-future');
  });

  it('change nothing when one of them fails', async () => {
    const { db } = await emptyDatabase();
    await sql`create table email_reports (id integer)`.execute(db);
    await expect(migrateUp(db)).rejects.toThrow('relation "email_reports" already exists');
    expect(Object.keys(await allRows(db))).toEqual(['email_reports']);
    expect(await isMigrated(db)).toBe(false);
  });
});

const NOTHING: Catalog = {
  extensions: [],
  functions: [],
  columns: [],
  constraints: [],
  indexes: [],
  triggers: [],
  comments: [],
};

/** The content of every table, as JSON. */
async function allRows(db: Db): Promise<Record<string, unknown[]>> {
  const { columns } = await readCatalog(db);
  const rows: Record<string, unknown[]> = {};
  for (const { table } of columns) {
    rows[table] ??= (await sql`select to_jsonb(t) from ${sql.table(table)} t order by 1`.execute(db)).rows;
  }
  return rows;
}
