import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../test/database.ts';
import { runAlone } from './advisory-lock.ts';
import { connect, type Db } from './connection.ts';

const nothing = async () => {};

describe('running alone', () => {
  let database: TestDatabase;
  /** As another process sees the same database. */
  let other: Db;

  beforeAll(async () => {
    database = await createTestDatabase({ empty: true });
    other = connect(database.connectionString, { max: 2, applicationName: 'other' });
  });
  afterAll(async () => {
    await other.destroy();
    await database.drop();
  });

  it('keeps others of the same name out until it is done', async () => {
    let isRunning = false;
    const hasRun = await runAlone(database.db, 'sweep', async () => {
      expect(await runAlone(other, 'sweep', nothing)).toBe(false);
      expect(await runAlone(database.db, 'sweep', nothing)).toBe(false);
      isRunning = true;
    });
    expect([hasRun, isRunning]).toEqual([true, true]);
    expect(await runAlone(other, 'sweep', nothing)).toBe(true);
  });

  it('does not run what it could not lock', async () => {
    const ran: string[] = [];
    await runAlone(database.db, 'sweep', async () => {
      ran.push('first');
      await runAlone(other, 'sweep', async () => void ran.push('second'));
    });
    expect(ran).toEqual(['first']);
  });

  it('lets those of other names run beside it', async () => {
    await runAlone(database.db, 'sweep', async () => {
      expect(await runAlone(other, 'other sweep', nothing)).toBe(true);
    });
  });

  it('gives the name back when it fails', async () => {
    const failing = runAlone(database.db, 'sweep', () => Promise.reject(new Error('no luck')));
    await expect(failing).rejects.toThrow('no luck');
    expect(await runAlone(other, 'sweep', nothing)).toBe(true);
  });

  it('gives the name back when its connection is cut, and says so', async () => {
    const cut = runAlone(other, 'sweep', async () => {
      await sql`
        select pg_terminate_backend(pid, 10000) from pg_stat_activity
         where datname = current_database() and application_name = 'other'
      `.execute(database.db);
      expect(await runAlone(database.db, 'sweep', nothing)).toBe(true);
    });
    await expect(cut).rejects.toThrow(/terminat|not queryable/);
    expect(await runAlone(other, 'sweep', nothing)).toBe(true);
  });
});
