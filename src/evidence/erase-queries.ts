import { sql } from 'kysely';
import type { Db, Tx } from '../database/connection.ts';

/** Deletes the watch for a rise of a tutor's rate, and its alarms. */
export async function deleteRisesOf(tx: Tx, tutorId: string) {
  const alarms = await sql`delete from rise_alarms where tutor_id = ${tutorId}`.execute(tx);
  const watches = await sql`delete from rise_watches where tutor_id = ${tutorId}`.execute(tx);
  return { rise_alarms: Number(alarms.numAffectedRows), rise_watches: Number(watches.numAffectedRows) };
}

/** Deletes alarms from before an instant; returns how many. */
export async function deleteAlarmsBefore(db: Db, before: Date): Promise<number> {
  const { numAffectedRows } = await sql`delete from rise_alarms where signalled_at < ${before}`.execute(db);
  return Number(numAffectedRows);
}
