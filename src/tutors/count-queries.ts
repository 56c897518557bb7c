import { type RawBuilder, sql } from 'kysely';
import type { Db, Tx } from '../database/connection.ts';
import { isWithinAny } from '../database/statements/within.ts';
import type { WindowCounts } from '../scoring/reschedule-rate.ts';
import { type TimeWindow, WINDOW_DAYS, windowAt } from '../scoring/window.ts';

/** The counts of the three windows, and of the 90 days those that evidence is weighed from. */
export const COUNTS = [
  'total_sessions_7d',
  'total_sessions_30d',
  'total_sessions_90d',
  'tutor_reschedules_7d',
  'tutor_reschedules_30d',
  'tutor_reschedules_90d',
  'evidence_sessions',
  'evidence_reschedules',
] as const;

export type Counts = Record<(typeof COUNTS)[number], number>;

/** A tutor's counts at one instant, and the last alarm for a rise in the 30 days before it. */
export type CountedTutor = Counts & { tutor_id: string; rise_signalled_at: Date | null };

/** Counts these tutors at `asOf`; the score rows must be locked. `leftOut` are the days of a common cause. */
export async function countScores(
  tx: Tx,
  tutorIds: readonly string[],
  asOf: Date,
  leftOut: readonly TimeWindow[],
): Promise<CountedTutor[]> {
  const ids = sql`select tutor_id from unnest(${tutorIds}::uuid[]) as t (tutor_id)`;
  const { rows } = await sql<CountedTutor>`${countWindows(ids, asOf, leftOut)}`.execute(tx);
  return rows;
}

/** The counts that a prior is fitted to. */
export async function countActiveTutors(db: Db, asOf: Date, leftOut: readonly TimeWindow[]): Promise<WindowCounts[]> {
  const active = sql`select id as tutor_id from tutors where is_active`;
  const { rows } = await sql<WindowCounts>`
    select evidence_sessions as sessions, evidence_reschedules as reschedules
      from (${countWindows(active, asOf, leftOut)}) c
  `.execute(db);
  return rows;
}

export type ComputedScore = CountedTutor & { name: string };

/** The counts of all tutors, or of one, at any instant, by name and id; nothing is stored. */
export async function computeScores(
  db: Db,
  asOf: Date,
  leftOut: readonly TimeWindow[] = [],
  tutorId: string | null = null,
): Promise<ComputedScore[]> {
  const tutors = sql`select id as tutor_id from tutors ${tutorId === null ? sql`` : sql`where id = ${tutorId}`}`;
  const { rows } = await sql<ComputedScore>`
    select c.*, n.name
      from (${countWindows(tutors, asOf, leftOut)}) c
      join tutors n on n.id = c.tutor_id
     order by n.name, n.id
  `.execute(db);
  return rows;
}

const RISE_DAYS = 30;

/**
 * The counts of the tutors that `tutorIds` selects, in the windows that end at `asOf`: half-open, so neither future
 * bookings nor the instant of the upper end count. The bounds are computed once and passed; written into the query
 * as `now() - interval`, they cost twice the time. Both counts come from an index alone.
 */
function countWindows(tutorIds: RawBuilder<unknown>, asOf: Date, leftOut: readonly TimeWindow[]): RawBuilder<unknown> {
  const [week, month, quarter] = WINDOW_DAYS.map((days) => windowAt(asOf, days).from);
  const sessionsLeftOut = sql`count(*) filter (where ${isWithinAny('scheduled_time', leftOut)})`;
  const movesLeftOut = sql`count(*) filter (where ${isWithinAny('original_time', leftOut)})`;
  return sql`
    select t.tutor_id,
           s.total_sessions_7d, s.total_sessions_30d, s.total_sessions_90d,
           r.tutor_reschedules_7d, r.tutor_reschedules_30d, r.tutor_reschedules_90d,
           s.evidence_sessions, r.evidence_reschedules,
           (select max(signalled_at) from rise_alarms a
             where a.tutor_id = t.tutor_id and a.signalled_at > ${windowAt(asOf, RISE_DAYS).from}
               and a.signalled_at <= ${asOf}) as rise_signalled_at
      from (${tutorIds}) t
     cross join lateral (
           select count(*) filter (where scheduled_time >= ${week})::integer  as total_sessions_7d,
                  count(*) filter (where scheduled_time >= ${month})::integer as total_sessions_30d,
                  count(*)::integer                                           as total_sessions_90d,
                  (count(*) - ${sessionsLeftOut})::integer                    as evidence_sessions
             from sessions
            where tutor_id = t.tutor_id and scheduled_time >= ${quarter} and scheduled_time < ${asOf}) s
     cross join lateral (
           select count(*) filter (where original_time >= ${week})::integer  as tutor_reschedules_7d,
                  count(*) filter (where original_time >= ${month})::integer as tutor_reschedules_30d,
                  count(*)::integer                                          as tutor_reschedules_90d,
                  (count(*) - ${movesLeftOut})::integer                      as evidence_reschedules
             from reschedules
            where tutor_id = t.tutor_id and initiator = 'tutor'
              and original_time >= ${quarter} and original_time < ${asOf}) r
  `;
}
