import type { Clock } from '../database/clock.ts';
import type { Db } from '../database/connection.ts';
import { startOfDay } from '../evidence/day-queries.ts';
import { deleteAlarmsBefore } from '../evidence/erase-queries.ts';
import { deleteReportsOf } from '../reports/erase-queries.ts';
import { DAY_MS } from '../scoring/window.ts';
import { deleteSessions, lockSessionsBefore } from '../sessions/erase-queries.ts';
import { deleteFlagsBefore } from '../tutors/erase-queries.ts';

export type Retention = { days: number; timezone: string };

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
  { days, timezone }: Retention,
  signal: AbortSignal,
): Promise<DeletedOld> {
  const before = await startOfDay(db, new Date((await clock(db)).getTime() - days * DAY_MS), timezone);
  const deleted = { sessions: 0, email_reports: 0 };
  for (let isMore = true; isMore && !signal.aborted; ) {
    const batch = await db.transaction().execute(async (tx) => {
      const ids = await lockSessionsBefore(tx, before, BATCH);
      const email_reports = await deleteReportsOf(tx, ids);
      return { ...(await deleteSessions(tx, ids)), email_reports };
    });
    deleted.sessions += batch.sessions;
    deleted.email_reports += batch.email_reports;
    isMore = batch.sessions === BATCH;
  }
  const risk_flags = await deleteFlagsBefore(db, before);
  return { ...deleted, risk_flags, rise_alarms: await deleteAlarmsBefore(db, before) };
}
