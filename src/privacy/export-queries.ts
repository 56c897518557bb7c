import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../database/connection.ts';
import { TABLES } from '../database/schema/tables.ts';

/**
 * All rows of all tables that belong to a tutor, by table, as of one instant; times in UTC. Which they are is read from
 * the columns, so that a table that somebody adds is not forgotten.
 */
export async function exportTutorRows(db: Db, tutorId: string): Promise<Record<string, unknown[]>> {
  return db
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async (tx) => {
      await sql`set local timezone = 'UTC'`.execute(tx);
      const result: Record<string, unknown[]> = {};
      for (const table of TABLES) {
        const belongs = await belongsTo(tx, table, tutorId);
        if (belongs === null) continue;
        const { rows } = await sql<{ row: unknown }>`
          select to_jsonb(t) as row from ${sql.table(table)} t where ${belongs} order by t::text
        `.execute(tx);
        result[table] = rows.map(({ row }) => row);
      }
      return result;
    });
}

/** What a row of a table has to do with a tutor; `null` when nothing. */
async function belongsTo(db: Db, table: string, tutorId: string): Promise<RawBuilder<unknown> | null> {
  if (table === 'tutors') return sql`t.id = ${tutorId}`;
  const { rows } = await sql<{ name: string }>`
    select attname as name from pg_attribute where attrelid = ${table}::regclass and attnum > 0 and not attisdropped
  `.execute(db);
  const names = new Set(rows.map(({ name }) => name));
  if (names.has('tutor_id')) return sql`t.tutor_id = ${tutorId}`;
  if (names.has('session_id')) return sql`t.session_id in (select id from sessions where tutor_id = ${tutorId})`;
  return null;
}
