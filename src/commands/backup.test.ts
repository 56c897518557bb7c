import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { sql } from 'kysely';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { readCatalog } from '../../scripts/read-catalog.ts';
import { allRows, countOf, fillWithTraps } from '../../test/all-rows.ts';
import { createTestDatabase, type TestDatabase } from '../../test/database.ts';
import { movedSession } from '../../test/factories.ts';
import { postSession, TEST_KEY } from '../../test/http.ts';
import { programs } from '../../test/processes.ts';
import { workOff } from '../../test/scores.ts';
import { TABLES } from '../database/schema/tables.ts';

const PATIENCE = { timeout: 20_000, interval: 10 };

const { run, start, newDir } = programs();

async function newDatabase(): Promise<TestDatabase> {
  const database = await createTestDatabase();
  onTestFinished(() => database.drop());
  return database;
}

const call = (database: TestDatabase, ...args: string[]) =>
  run(args, { LOG_LEVEL: 'warn', DATABASE_URL: database.connectionString });

describe('a backup', () => {
  it('comes back as it was, in every table, and numbering goes on behind it', async () => {
    const [source, target] = [await newDatabase(), await newDatabase()];
    const file = join(await newDir(), 'backup.gz');
    await fillWithTraps(source.db);
    const before = await allRows(source.db);
    expect(Object.entries(before).filter(([, rows]) => rows.length === 0)).toEqual([]);

    const backedUp = await call(source, 'backup', file);
    expect(backedUp).toMatchObject({ code: 0, stdout: '' });
    expect(backedUp.stderr).toContain('9 tutors, 9 sessions, 1 reports and ');
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(await readdir(dirname(file))).toEqual(['backup.gz']);

    const restored = await call(target, 'restore', file);
    expect(restored.stderr).toContain('9 tutors, 9 sessions, 1 reports');
    const { audit_log, ...others } = await allRows(target.db);
    const { audit_log: noted = [], ...othersBefore } = before;
    expect(others).toEqual(othersBefore);
    const by = (name: string) => ({ actor_kind: 'command', actor_id: expect.stringContaining(`${name} by `) });
    expect(audit_log).toMatchObject([
      ...noted,
      { row: { ...by('backup'), action: 'exported', subject_kind: 'database' } },
      { row: { ...by('restore'), action: 'restored', subject_kind: 'database', details: { lost: 0 } } },
    ]);
    const { rows } = await sql<{ version: number }>`
      insert into rate_priors (as_of, basis, a, b, tutors, sessions, reschedules)
      values (now(), 'assumed', 1, 1, 0, 0, 0) returning version
    `.execute(target.db);
    expect(rows).toEqual([{ version: 2 }]);
  });

  it('has every table there is, but for the versions of the data, which must never go back', async () => {
    const { columns } = await readCatalog((await newDatabase()).db);
    expect(new Set([...TABLES, 'data_versions'])).toEqual(new Set(columns.map(({ table }) => table)));
  });

  it('says what is in it, without a database', async () => {
    const source = await newDatabase();
    const file = join(await newDir(), 'backup.gz');
    await call(source, 'backup', file);
    const { code, stderr } = await run(['restore', file, '--check'], { DATABASE_URL: 'postgres://localhost:1/none' });
    expect({ code, stderr }).toMatchObject({
      code: 0,
      stderr: expect.stringMatching(/is whole: 0 tutors.*, schema 0\d{3}-/),
    });
  });

  it('takes the place of no other file, unless it is told to', async () => {
    const source = await newDatabase();
    const file = join(await newDir(), 'backup.gz');
    await writeFile(file, 'mine');
    const refused = await call(source, 'backup', file);
    expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining(`${file} is there already.`) });
    expect(await readFile(file, 'utf8')).toBe('mine');
    expect((await call(source, 'backup', file, '--overwrite')).code).toBe(0);
    expect((await call(source, 'restore', file, '--check')).code).toBe(0);
  });

  it('leaves nothing of its name behind when it is broken off', async () => {
    const source = await newDatabase();
    const folder = await newDir();
    await source.db.connection().execute(async (holder) => {
      await sql`begin`.execute(holder);
      // The backup waits for this lock; then its connection is cut.
      await sql`lock table tutors in access exclusive mode`.execute(holder);
      const { ended } = await start(['backup', join(folder, 'backup.gz')], {
        DATABASE_URL: source.connectionString,
      });
      await vi.waitFor(async () => {
        const { rows } = await sql`
          select pg_terminate_backend(pid) from pg_stat_activity
           where datname = current_database() and application_name = 'tutor-quality copy' and wait_event_type = 'Lock'
        `.execute(source.db);
        expect(rows).toHaveLength(1);
      }, PATIENCE);
      const { code, stderr } = await ended;
      expect(code).toBe(1);
      expect(stderr).toContain('terminating connection');
      await sql`rollback`.execute(holder);
    });
    expect(await readdir(folder)).toEqual([]);
  });

  it('is of one instant, while sessions are posted', async () => {
    const [source, target] = [await newDatabase(), await newDatabase()];
    const file = join(await newDir(), 'backup.gz');
    const api = await start(['api'], {
      DATABASE_URL: source.connectionString,
      API_KEY: TEST_KEY,
      LOG_LEVEL: 'warn',
    });
    const address = await api.says(/runs at (http:\S+)/);
    const over = new AbortController();
    const send = async () => {
      while (!over.signal.aborted) expect((await postSession(address, movedSession())).status).toBe(202);
    };
    const senders = Promise.all(Array.from({ length: 8 }, send));
    for (let posted = 0; posted < 50; ) posted = await countOf(source.db);
    const before = await countOf(source.db);
    const { code } = await call(source, 'backup', file);
    const after = await countOf(source.db);
    over.abort();
    await senders;
    expect(code).toBe(0);

    expect(await call(target, 'restore', file)).toMatchObject({ code: 0 });
    const restored = await countOf(target.db);
    expect(restored).toBeGreaterThanOrEqual(before);
    expect(restored).toBeLessThanOrEqual(after);
    // Each came with its reschedule, a tutor, a score and its place on the work list.
    for (const table of ['tutors', 'reschedules', 'tutor_scores', 'tutors_to_rescore'] as const)
      expect([table, await countOf(target.db, table)]).toEqual([table, restored]);
    await workOff(target.db);
    expect(await countOf(target.db, 'email_reports')).toBe(restored);
  });
});
