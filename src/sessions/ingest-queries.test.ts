import { sql } from 'kysely';
import { expect, it, onTestFinished } from 'vitest';
import { createTestDatabase } from '../../test/database.ts';
import { readTutorsUnlessStored } from './ingest-queries.ts';

/** More often than PostgreSQL plans a prepared statement anew. */
const OFTEN = 10;
const ID = '0b7e4c9a-5d1f-4a53-9a54-0f2f7d1c2b3a';

it('looks sessions and tutors up by their index, also by a plan that was made while the tables were empty', async () => {
  const { db, drop } = await createTestDatabase({ poolSize: 1 });
  onTestFinished(drop);
  await db.transaction().execute(async (tx) => {
    for (let times = 0; times < OFTEN; times += 1) await readTutorsUnlessStored(tx, [ID], [ID]);
    const { rows } = await sql<{ whole: number; by_index: number }>`
      select sum(seq_scan) as whole, sum(idx_scan) as by_index
        from pg_stat_xact_user_tables where relname in ('sessions', 'tutors')
    `.execute(tx);
    expect(rows).toEqual([{ whole: 0, by_index: 2 * OFTEN }]);
  });
});
