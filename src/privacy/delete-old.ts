import type { Actor } from '../audit/actor.ts';
import { record } from '../audit/record-queries.ts';
import type { Clock } from '../database/clock.ts';
import type { Db } from '../database/connection.ts';
import { startOfDay } from '../evidence/day-queries.ts';
import { deleteAlarmsBefore } from '../evidence/erase-queries.ts';
import { deleteReportsOf } from '../reports/erase-queries.ts';
import { DAY_MS } from '../scoring/window.ts';
import { deleteSessions, lockSessionsBefore } from '../sessions/erase-queries.ts';
import { deleteFlagsBefore } from '../tutors/erase-queries.ts';

export type Retention = { days: number; timezone: string; actor: Actor };

export type DeletedOld = { sessions: number; email_reports: number; risk_flags: number; rise_alarms: number };

/** A transaction: nobody waits for one of these for long. */
const BATCH = 1000;

/**
 * Deletes what is older than so many whole business days: sessions by when they were scheduled, with their reschedules
 * and reports, flags that closed and alarms that were given before. Tutors, scores, and what names nobody (the totals of
 * days, the priors) stay. Asked to stop, it leaves the rest to the next time.
 */
export async function deleteOld(
  db: Db,
  clock: Clock,
  { days, timezone, actor }: Retention,
  signal: AbortSignal,
): Promise<DeletedOld> {
  const before = await startOfDay(db, new Date((await clock(db)).getTime() - days * DAY_MS), timezone);
  const deleted = { sessions: 0, email_reports: 0 };
  for (let isMore = true; isMore && !signal.aborted; ) {
    const batch = await db.transaction().execute(async (tx) => {
      const ids = await lockSessionsBefore(tx, before, BATCH);
      const email_reports = await deleteReportsOf(tx, ids);
      const gone = { ...(await deleteSessions(tx, ids)), email_reports };
      if (ids.length > 0) await record(tx, actor, { action: 'deleted', subject: 'database', details: gone });
      return gone;
    });
    deleted.sessions += batch.sessions;
    deleted.email_reports += batch.email_reports;
    isMore = batch.sessions === BATCH;
  }
  const others = await db.transaction().execute(async (tx) => {
    const risk_flags = await deleteFlagsBefore(tx, before);
    const gone = { risk_flags, rise_alarms: await deleteAlarmsBefore(tx, before) };
    const hasGone = Object.values(gone).some((rows) => rows > 0);
    if (hasGone) await record(tx, actor, { action: 'deleted', subject: 'database', details: gone });
    return gone;
  });
  return { ...deleted, ...others };
}
