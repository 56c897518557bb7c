import type { Clock } from '../database/clock.ts';
import type { Db } from '../database/connection.ts';
import { DAY_MS } from '../scoring/window.ts';
import type { Actor } from './actor.ts';
import { deleteRecordsBefore, record } from './record-queries.ts';

/** A year, and time to look back on it; the same for everybody, so that nobody shortens it to hide something. */
const KEPT_DAYS = 400;

/** Deletes records that are older than the log is kept, by whole days in UTC, and notes how many. Returns that number. */
export async function deleteOldRecords(db: Db, clock: Clock, actor: Actor): Promise<number> {
  return db.transaction().execute(async (tx) => {
    const today = Math.floor((await clock(tx)).getTime() / DAY_MS);
    const before = new Date((today - KEPT_DAYS) * DAY_MS);
    const records = await deleteRecordsBefore(tx, before);
    const details = { records, before: before.toISOString() };
    if (records > 0) await record(tx, actor, { action: 'deleted', subject: 'audit_log', details });
    return records;
  });
}
