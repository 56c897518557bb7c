import { sql } from 'kysely';
import { AppError } from '../errors.ts';
import type { Db } from './connection.ts';

/** The oldest major version on which the tests have passed. */
export const OLDEST_POSTGRES = 14;

/** @throws AppError `unavailable` when the server is older than what the product was written for */
export async function expectNewEnough(db: Db): Promise<void> {
  const { rows } = await sql<{ version: number }>`
    select current_setting('server_version_num')::integer as version
  `.execute(db);
  const version = rows[0]?.version ?? 0;
  const [major, minor] = [Math.floor(version / 10_000), version % 10_000];
  if (major >= OLDEST_POSTGRES) return;
  throw new AppError('unavailable', `PostgreSQL ${OLDEST_POSTGRES} or newer is needed; this one is ${major}.${minor}.`);
}
