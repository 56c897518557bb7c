import { sql } from 'kysely';
import type { Db } from '../database/connection.ts';
import type { EvidenceTier } from '../scoring/evidence.ts';
import type { TimeWindow } from '../scoring/window.ts';

/** Some business days of the whole marketplace; they end with the one that is running at `asOf`. */
export type Period = { asOf: Date; days: number; timezone: string };

/** `day` is `YYYY-MM-DD`. */
export type ReplayedDay = { day: string; starts_at: Date; has_common_cause: boolean };

/** The days of the period, oldest first, each with whether it had a common cause. */
export async function listDays(db: Db, { asOf, days, timezone }: Period): Promise<ReplayedDay[]> {
  const { rows } = await sql<ReplayedDay>`
    select d.day::text,
           d.day::timestamp at time zone ${timezone}  as starts_at,
           coalesce(m.has_common_cause, false)        as has_common_cause
      from (select (${asOf}::timestamptz at time zone ${timezone})::date - back as day
              from generate_series(${days}::integer - 1, 0, -1) as back) d
      left join marketplace_days m on m.day = d.day
     order by d.day
  `.execute(db);
  return rows;
}

/** When a tutor's sessions were scheduled, and those of them that the tutor moved, in whole seconds since 1970. */
export type TutorTimes = { sessions: number[]; moves: number[] };

/**
 * The times of all sessions of active tutors in a stretch of time, of those who had any. One row a tutor, its times as
 * JSON, from two indexes alone: counted by day in the database, in a business zone, it takes three times as long.
 */
export async function listSessionTimes(db: Db, { from, until }: TimeWindow): Promise<TutorTimes[]> {
  const { rows } = await sql<TutorTimes>`
    select s.times as sessions, coalesce(r.times, '[]'::json) as moves
      from tutors t
     cross join lateral (
           select json_agg(floor(date_part('epoch', scheduled_time))::bigint) as times
             from sessions
            where tutor_id = t.id and scheduled_time >= ${from} and scheduled_time < ${until}) s
     cross join lateral (
           select json_agg(floor(date_part('epoch', original_time))::bigint) as times
             from reschedules
            where tutor_id = t.id and initiator = 'tutor'
              and original_time >= ${from} and original_time < ${until}) r
     where t.is_active and s.times is not null
     order by t.id
  `.execute(db);
  return rows;
}

/**
 * Something that is another one whenever a replay might come out differently: each change of a session or a move has its
 * tutor scored anew.
 */
export async function replayVersion(db: Db): Promise<string> {
  const { rows } = await sql<{ version: string }>`
    select concat_ws(' ', (select max(updated_at) from tutor_scores),
                          (select max(updated_at) from tutors),
                          (select max(updated_at) from marketplace_days)) as version
  `.execute(db);
  return rows[0]?.version ?? '';
}

/** How many tutors have the same stored counts and tier. */
export type StoredEvidence = { sessions: number; reschedules: number; evidence: EvidenceTier; tutors: number };

/** What the stored scores of all tutors are judged from. */
export async function tallyStoredEvidence(db: Db): Promise<StoredEvidence[]> {
  const { rows } = await sql<StoredEvidence>`
    select evidence_sessions as sessions, evidence_reschedules as reschedules, evidence, count(*) as tutors
      from tutor_scores
     group by 1, 2, 3
  `.execute(db);
  return rows;
}

/** How many active tutors are judged alike, and how many of them are to be expected above the stored threshold. */
export type StoredJudgement = { is_high_risk: boolean; evidence: EvidenceTier; tutors: number; above: number };

/** What is said now of the active tutors with sessions in the last 90 days. */
export async function tallyStoredJudgements(db: Db): Promise<StoredJudgement[]> {
  const { rows } = await sql<StoredJudgement>`
    select s.is_high_risk, s.evidence, count(*) as tutors, coalesce(sum(s.risk_probability), 0) as above
      from tutor_scores s
      join tutors t on t.id = s.tutor_id
     where t.is_active and s.total_sessions_90d > 0
     group by 1, 2
  `.execute(db);
  return rows;
}

/** When the first of all sessions was scheduled; `null` when there is none. */
export async function firstSessionAt(db: Db): Promise<Date | null> {
  const first = await db
    .selectFrom('sessions')
    .select(({ fn }) => fn.min('scheduled_time').as('at'))
    .executeTakeFirst();
  return first?.at ?? null;
}
