import { sql } from 'kysely';
import type { Db } from '../database/connection.ts';
import type { Database } from '../database/schema/row-types.ts';
import { PREPARED } from '../database/statements/prepared.ts';

export type Subject = Database['data_versions']['subject'];

/**
 * Something that is another one after every committed change that an answer about `subjects` could show: as of a past
 * instant, or as of now where `asOf` is `null`. It is to be read before the data: then an answer may be newer than its
 * version, and never older. A server that was started again, also from older files, has other versions than before,
 * and so has a schema that was made anew.
 */
export async function dataVersion(db: Db, subjects: readonly Subject[], asOf: Date | null): Promise<string> {
  return (await readVersion(db, subjects, asOf)).version;
}

/** The version as of now, and an instant after all that is in it. */
export function versionNow(db: Db, subjects: readonly Subject[]): Promise<VersionNow> {
  return readVersion(db, subjects, null);
}

export type VersionNow = { version: string; now: Date };

async function readVersion(db: Db, subjects: readonly Subject[], asOf: Date | null): Promise<VersionNow> {
  const isConcerned = sql`day <= ((${asOf}::timestamptz - interval '1 microsecond') at time zone 'UTC')::date`;
  // The clock goes on after the statement's snapshot is taken: what it sees was over by then.
  const { rows } = await sql<VersionNow>`
    ${PREPARED}
    select concat_ws('.', extract(epoch from pg_postmaster_start_time()),
                          (select oid from pg_database where datname = current_database()),
                          'data_versions'::regclass::oid,
                          coalesce(sum(version), 0)) as version,
           clock_timestamp() as now
      from data_versions
     where subject = any(${subjects}::text[]) and ${asOf === null ? sql`true` : isConcerned}
  `.execute(db);
  const [row] = rows;
  if (row === undefined) throw new Error('select sum(version) returned no row');
  return row;
}

/** Tells the databases apart that use one Redis; the same for all processes on one, also after a restart of the server. */
export async function databaseIdentity(db: Db): Promise<string> {
  const { rows } = await sql<{ identity: string }>`
    select md5(concat_ws(' ', current_database(), (select oid from pg_database where datname = current_database()),
                              (select min(timestamp) from kysely_migration))) as identity
  `.execute(db);
  return rows[0]?.identity ?? '';
}
