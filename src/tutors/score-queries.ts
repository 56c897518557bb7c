import { type RawBuilder, sql } from 'kysely';
import type { Db, Tx } from '../database/connection.ts';
import { WINDOW_DAYS, windowAt } from '../scoring/window.ts';
import { insertMissingScores } from './write-queries.ts';

/** Locks the score rows of these tutors in id order, making those that are missing; returns the ids that exist. */
export async function lockScores(tx: Tx, tutorIds: readonly string[]): Promise<string[]> {
  await insertMissingScores(tx, tutorIds);
  const { rows } = await sql<{ tutor_id: string }>`
    select tutor_id from tutor_scores where tutor_id = any(${tutorIds}::uuid[]) order by tutor_id for update
  `.execute(tx);
  return rows.map(({ tutor_id }) => tutor_id);
}

/** Counts the three windows at `asOf` and stores them. The score rows must be locked. */
export async function writeScores(tx: Tx, tutorIds: readonly string[], asOf: Date): Promise<void> {
  const ids = sql`select tutor_id from unnest(${tutorIds}::uuid[]) as t (tutor_id)`;
  await sql`
    with counts as materialized (${countWindows(ids, asOf)})
    update tutor_scores s
       set total_sessions_7d     = c.total_sessions_7d,     tutor_reschedules_7d  = c.tutor_reschedules_7d,
           total_sessions_30d    = c.total_sessions_30d,    tutor_reschedules_30d = c.tutor_reschedules_30d,
           total_sessions_90d    = c.total_sessions_90d,    tutor_reschedules_90d = c.tutor_reschedules_90d,
           last_calculated_at    = ${asOf},
           updated_at            = now()
      from counts c
     where s.tutor_id = c.tutor_id
  `.execute(tx);
}

/**
 * The counts of the tutors that `tutorIds` selects, in the windows that end at `asOf`: half-open, so neither future
 * bookings nor the instant of the upper end count. The bounds are computed once and passed; written into the query
 * as `now() - interval`, they cost twice the time. Both counts come from an index alone.
 */
function countWindows(tutorIds: RawBuilder<unknown>, asOf: Date): RawBuilder<unknown> {
  const [week, month, quarter] = WINDOW_DAYS.map((days) => windowAt(asOf, days).from);
  return sql`
    select t.tutor_id,
           s.total_sessions_7d, s.total_sessions_30d, s.total_sessions_90d,
           r.tutor_reschedules_7d, r.tutor_reschedules_30d, r.tutor_reschedules_90d
      from (${tutorIds}) t
     cross join lateral (
           select count(*) filter (where scheduled_time >= ${week})::integer  as total_sessions_7d,
                  count(*) filter (where scheduled_time >= ${month})::integer as total_sessions_30d,
                  count(*)::integer                                           as total_sessions_90d
             from sessions
            where tutor_id = t.tutor_id and scheduled_time >= ${quarter} and scheduled_time < ${asOf}) s
     cross join lateral (
           select count(*) filter (where original_time >= ${week})::integer  as tutor_reschedules_7d,
                  count(*) filter (where original_time >= ${month})::integer as tutor_reschedules_30d,
                  count(*)::integer                                          as tutor_reschedules_90d
             from reschedules
            where tutor_id = t.tutor_id and initiator = 'tutor'
              and original_time >= ${quarter} and original_time < ${asOf}) r
  `;
}

export async function lockAllScores(tx: Tx): Promise<string[]> {
  const { rows } = await sql<{ tutor_id: string }>`
    select tutor_id from tutor_scores order by tutor_id for update
  `.execute(tx);
  return rows.map(({ tutor_id }) => tutor_id);
}

/** The flags follow by themselves: they are generated from counts and threshold. */
export async function setThreshold(tx: Tx, threshold: number): Promise<void> {
  await sql`update tutor_scores set risk_threshold = ${threshold}, updated_at = now()`.execute(tx);
}

/** The next tutors in id order. */
export async function tutorIdsAfter(db: Db, after: string | null, limit: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from tutors where ${after}::uuid is null or id > ${after}::uuid order by id limit ${limit}
  `.execute(db);
  return rows.map(({ id }) => id);
}

/** The stored counts of each of these tutors as one text, to see which ones change. */
export async function fingerprints(db: Db, tutorIds: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await sql<{ tutor_id: string; counts: string }>`
    select tutor_id, concat_ws(' ', total_sessions_7d, total_sessions_30d, total_sessions_90d,
                               tutor_reschedules_7d, tutor_reschedules_30d, tutor_reschedules_90d) as counts
      from tutor_scores
     where tutor_id = any(${tutorIds}::uuid[])
  `.execute(db);
  return new Map(rows.map(({ tutor_id, counts }) => [tutor_id, counts]));
}

export type ComputedScore = {
  tutor_id: string;
  name: string;
  total_sessions_7d: number;
  tutor_reschedules_7d: number;
  total_sessions_30d: number;
  tutor_reschedules_30d: number;
  total_sessions_90d: number;
  tutor_reschedules_90d: number;
};

/** The counts of all tutors at any instant, by name and id; nothing is stored. */
export async function computeScores(db: Db, asOf: Date): Promise<ComputedScore[]> {
  const { rows } = await sql<ComputedScore>`
    select c.*, n.name
      from (${countWindows(sql`select id as tutor_id from tutors`, asOf)}) c
      join tutors n on n.id = c.tutor_id
     order by n.name, n.id
  `.execute(db);
  return rows;
}
