import { readFile } from 'node:fs/promises';
import { sql } from 'kysely';
import { describe, expect, it, onTestFinished } from 'vitest';
import { readCatalog } from '../../scripts/read-catalog.ts';
import { schemaSql } from '../../scripts/schema-sql.ts';
import { createTestDatabase } from '../../test/database.ts';
import type { Db } from './connection.ts';

const KEPT_DUMP = new URL('../../docs/schema.sql', import.meta.url);

async function openDatabase(options: { empty?: boolean } = {}): Promise<Db> {
  const database = await createTestDatabase(options);
  onTestFinished(() => database.drop());
  return database.db;
}

describe('docs/schema.sql', () => {
  it('is what the migrations make; "npm run dump-schema" brings it up to date', async () => {
    const dump = schemaSql(await readCatalog(await openDatabase()));
    expect(await readFile(KEPT_DUMP, 'utf8')).toBe(dump);
  });

  it('can be run, and makes the same schema', async () => {
    const db = await openDatabase({ empty: true });
    const kept = await readFile(KEPT_DUMP, 'utf8');
    await sql.raw(kept).execute(db);
    expect(schemaSql(await readCatalog(db))).toBe(kept);
  });

  it('says nothing of the tables of the queue', async () => {
    const db = await openDatabase();
    const before = await readCatalog(db);
    await sql`create schema bullmq`.execute(db);
    await sql`create table bullmq.jobs (id integer primary key)`.execute(db);
    await sql`comment on table bullmq.jobs is 'not ours'`.execute(db);
    expect(await readCatalog(db)).toEqual(before);
  });

  it.each([
    ['create view busy as select tutor_id from sessions', 'view busy'],
    ["create type mood as enum ('good')", 'type mood'],
    ['create sequence tickets', 'sequence tickets'],
    ['create table parts (id integer) partition by hash (id)', 'table parts'],
    [
      'create trigger watch after insert on tutors execute function suppress_redundant_updates_trigger()',
      'trigger watch on table tutors',
    ],
  ])('is not written without what "%s" makes', async (statement, object) => {
    const db = await openDatabase();
    await sql.raw(statement).execute(db);
    await expect(readCatalog(db)).rejects.toThrow(`does not know how to write: ${object}`);
  });
});
