import { sql } from 'kysely';
import type { Db } from './connection.ts';
import { PREPARED } from './statements/prepared.ts';

/** The channel on which every API process listens for what changed. */
export const CHANGES_CHANNEL = 'tutor_quality_changes';

/** How many rows of each kind changed; no ids, no names: it only says "look now". */
export type Change = { scores?: number; reports?: number; settings?: number };

/** Tells all listening processes of a change, once the surrounding transaction commits. Once a group, never once a row. */
export async function announce(db: Db, change: Change): Promise<void> {
  await sql`${PREPARED} select pg_notify(${CHANGES_CHANNEL}, ${JSON.stringify(change)})`.execute(db);
}
