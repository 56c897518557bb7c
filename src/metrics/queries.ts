import { sql } from 'kysely';
import type { Db } from '../database/connection.ts';

/** Counting stops here, so that a scrape stays cheap however much has piled up. */
const MOST_COUNTED = 100_000;

/** What stands in the tables now. Ages in seconds; 0 when nothing waits. */
export type StoredFigures = {
  marks_waiting: number;
  marks_set_aside: number;
  oldest_mark_age: number;
  undecided: number;
  oldest_undecided_age: number;
  reports_pending: number;
  reports_sending: number;
  reports_failed: number;
  reports_due: number;
  oldest_due_age: number;
  /** `null` before the first sweep. */
  watermark_age: number | null;
  active_alerts: string[];
};

/** One statement, each part of it from a small table or a partial index: never from all sessions or reports. */
export async function readStoredFigures(db: Db): Promise<StoredFigures | null> {
  const { rows } = await sql<StoredFigures>`
    with moment as materialized (select clock_timestamp() as now),
    marks as (
      select count(*) filter (where attempts = 0) as waiting,
             count(*) filter (where attempts > 0) as set_aside,
             min(since)  filter (where attempts = 0) as oldest
        from tutors_to_rescore
    ),
    undecided as (
      select count(*) as sessions, min(created_at) as oldest
        from (select created_at from sessions where reports_decided_at is null limit ${MOST_COUNTED}) s
    ),
    open_reports as (
      select count(*) filter (where status = 'pending') as pending,
             count(*) filter (where status = 'sending') as sending,
             count(*) filter (where at <= now) as due,
             min(at)  filter (where at <= now) as oldest
        from (select status, coalesce(next_attempt_at, claimed_until) as at
                from email_reports
               where status in ('pending', 'sending')
               limit ${MOST_COUNTED}) r, moment
    ),
    failed_reports as (
      select count(*) as failed from (select from email_reports where status = 'failed' limit ${MOST_COUNTED}) f
    )
    select m.waiting as marks_waiting, m.set_aside as marks_set_aside,
           coalesce(extract(epoch from now - m.oldest), 0)::float8 as oldest_mark_age,
           u.sessions as undecided, coalesce(extract(epoch from now - u.oldest), 0)::float8 as oldest_undecided_age,
           r.pending as reports_pending, r.sending as reports_sending, f.failed as reports_failed,
           r.due as reports_due, coalesce(extract(epoch from now - r.oldest), 0)::float8 as oldest_due_age,
           (select extract(epoch from now - watermark)::float8
              from sweep_state where name = 'window_edges') as watermark_age,
           array(select name from alerts where over_at is null) as active_alerts
      from moment, marks m, undecided u, open_reports r, failed_reports f
  `.execute(db);
  return rows[0] ?? null;
}
