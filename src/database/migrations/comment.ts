import { type Kysely, sql } from 'kysely';

/** Says in the catalog what an index or a column is for. */
export async function comment(db: Kysely<unknown>, object: string, text: string): Promise<void> {
  await sql`comment on ${sql.raw(object)} is ${sql.lit(text)}`.execute(db);
}
