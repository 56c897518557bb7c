import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../test/database.ts';
import type { Db } from '../connection.ts';
import { PREPARED } from './prepared.ts';

describe('a prepared statement', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());

  it('is prepared once on a connection and answers each time', async () => {
    await database.db.connection().execute(async (db) => {
      const before = await preparedStatements(db);
      expect([await doubled(db, 1), await doubled(db, 2)]).toEqual([2, 4]);
      const after = await preparedStatements(db);
      expect(after.length - before.length).toBe(1);
      expect(after.join()).toContain('* 2');
    });
  });

  it('leaves all other statements without a name', async () => {
    await database.db.connection().execute(async (db) => {
      const before = await preparedStatements(db);
      await sql`select ${1}::integer`.execute(db);
      expect(await preparedStatements(db)).toEqual(before);
    });
  });

  it('works on after it has failed', async () => {
    const inverse = (db: Db, n: number) => sql`${PREPARED} select 1 / ${n}::integer as inverse`.execute(db);
    await database.db.connection().execute(async (db) => {
      await expect(inverse(db, 0)).rejects.toThrow('division by zero');
      expect((await inverse(db, 1)).rows).toEqual([{ inverse: 1 }]);
    });
  });

  it('is prepared anew after a column got another type', async () => {
    const colours = (db: Db) => sql`${PREPARED} select colour from painted`.execute(db).then(({ rows }) => rows);
    await database.db.connection().execute(async (db) => {
      await sql`create temporary table painted as select 'red'::text as colour`.execute(db);
      expect(await colours(db)).toEqual([{ colour: 'red' }]);
      await sql`alter table painted alter column colour type varchar(9)`.execute(db);
      await expect(colours(db)).rejects.toThrow('cached plan');
      expect(await colours(db)).toEqual([{ colour: 'red' }]);
    });
  });
});

async function doubled(db: Db, n: number): Promise<number | undefined> {
  const { rows } = await sql<{ twice: number }>`
    ${PREPARED}
    select ${n}::integer * 2 as twice
  `.execute(db);
  return rows[0]?.twice;
}

async function preparedStatements(db: Db): Promise<string[]> {
  const { rows } = await sql<{ statement: string }>`select statement from pg_prepared_statements`.execute(db);
  return rows.map(({ statement }) => statement);
}
