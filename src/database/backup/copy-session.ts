import { Client, escapeIdentifier } from 'pg';
import { TABLES, type Table } from '../schema/tables.ts';

/** A connection of its own, of which COPY takes hold of the stream below: a pool does not lend that. */
export type CopySession = Client;

/** Runs on a connection that writes and reads values in one way, whatever the server's own settings are. */
export async function withCopySession<Result>(
  connectionString: string,
  run: (session: CopySession) => Promise<Result>,
): Promise<Result> {
  const session = new Client({ connectionString, application_name: 'tutor-quality copy', keepAlive: true });
  // A connection that breaks says so in the statement that runs on it.
  session.on('error', () => {});
  await session.connect();
  try {
    await session.query(`
      set client_encoding = 'UTF8'; set timezone = 'UTC'; set datestyle = 'ISO, YMD'; set extra_float_digits = 3;
      set statement_timeout = 0; set idle_in_transaction_session_timeout = 0
    `);
    return await run(session);
  } finally {
    // Takes back what was not committed.
    await session.end().catch(() => {});
  }
}

/** All our tables, for statements that name them together. */
export const ALL_TABLES = TABLES.join(', ');

/** The migrations that made the schema, in order. */
export async function migrationsOf(session: CopySession): Promise<string[]> {
  const { rows } = await session.query<{ name: string }>('select name from kysely_migration order by name');
  return rows.map(({ name }) => name);
}

/** The columns of a table that are not worked out by the server. */
export async function storedColumns(session: CopySession, table: Table): Promise<string[]> {
  const { rows } = await session.query<{ attname: string }>(
    `select attname from pg_attribute
      where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = '' order by attnum`,
    [table],
  );
  return rows.map(({ attname }) => attname);
}

/** `table (column, …)` as COPY names it. */
export function copied(table: Table, columns: readonly string[]): string {
  return `${table} (${columns.map(escapeIdentifier).join(', ')})`;
}
