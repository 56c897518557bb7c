import { sql } from 'kysely';
import type { Db } from '../database/connection.ts';

export type Orphans = { sessions: number; reschedules: number; scores: number };

/** Rows without the row they belong to, found by looking and not by trusting the foreign keys. */
export async function countOrphans(db: Db): Promise<Orphans> {
  const { rows } = await sql<Orphans>`
    select (select count(*) from sessions s
             where not exists (select from tutors t where t.id = s.tutor_id)) as sessions,
           (select count(*) from reschedules r
             where not exists (select from sessions s
                                where s.id = r.session_id and s.tutor_id = r.tutor_id
                                  and s.scheduled_time = r.original_time)) as reschedules,
           (select count(*) from tutors t
             where not exists (select from tutor_scores c where c.tutor_id = t.id)) as scores
  `.execute(db);
  return rows[0] ?? { sessions: 0, reschedules: 0, scores: 0 };
}

/** Whether a tutor's score is as new as the sessions: one whose work waits is counted soon. `c` is a row of scores. */
const IS_WORKED_OFF = sql`not exists (select from tutors_to_rescore m where m.tutor_id = c.tutor_id)`;

/**
 * Scores that differ from a recount at their own last_calculated_at, by a plain join that shares nothing with the
 * counting that made them.
 */
export async function countDisagreements(db: Db): Promise<number> {
  const { rows } = await sql<{ faults: number }>`
    select count(*) as faults
      from tutor_scores c
     cross join lateral (
           select count(*) filter (where s.scheduled_time >= c.last_calculated_at - interval '168 hours')  as n7,
                  count(*) filter (where s.scheduled_time >= c.last_calculated_at - interval '720 hours')  as n30,
                  count(*) filter (where s.scheduled_time >= c.last_calculated_at - interval '2160 hours') as n90,
                  count(*) filter (where s.scheduled_time >= c.last_calculated_at - interval '168 hours'
                                     and r.initiator = 'tutor')                                            as k7,
                  count(*) filter (where s.scheduled_time >= c.last_calculated_at - interval '720 hours'
                                     and r.initiator = 'tutor')                                            as k30,
                  count(*) filter (where s.scheduled_time >= c.last_calculated_at - interval '2160 hours'
                                     and r.initiator = 'tutor')                                            as k90
             from sessions s
             left join reschedules r on r.session_id = s.id
            where s.tutor_id = c.tutor_id and s.scheduled_time < c.last_calculated_at) as recount
     where ((c.total_sessions_7d, c.total_sessions_30d, c.total_sessions_90d) <> (n7, n30, n90)
         or (c.tutor_reschedules_7d, c.tutor_reschedules_30d, c.tutor_reschedules_90d) <> (k7, k30, k90))
       and ${IS_WORKED_OFF}
  `.execute(db);
  return rows[0]?.faults ?? 0;
}

/** Evidence that rests on other counts than those of the last 90 days without days of a common cause. */
export async function countWrongEvidence(db: Db): Promise<number> {
  const { rows } = await sql<{ faults: number }>`
    select count(*) as faults
      from tutor_scores c
     cross join lateral (
           select count(*) as n, count(*) filter (where r.initiator = 'tutor') as k
             from sessions s
             left join reschedules r on r.session_id = s.id
            where s.tutor_id = c.tutor_id and s.scheduled_time < c.last_calculated_at
              and s.scheduled_time >= c.last_calculated_at - interval '2160 hours'
              and not exists (select from marketplace_days d
                               where d.has_common_cause
                                 and s.scheduled_time >= d.starts_at and s.scheduled_time < d.ends_at)) as recount
     where (c.evidence_sessions, c.evidence_reschedules) <> (n, k)
       and ${IS_WORKED_OFF}
  `.execute(db);
  return rows[0]?.faults ?? 0;
}

/** Tutors whose open flag is not what the evidence says: missing, of another level, or there for nobody's sake. */
export async function countWrongFlags(db: Db): Promise<number> {
  const { rows } = await sql<{ faults: number }>`
    select count(*) as faults
      from tutor_scores c
      full join (select tutor_id, level from risk_flags where closed_at is null) f on f.tutor_id = c.tutor_id
     where f.level is distinct from case when c.evidence in ('confirmed', 'watch') then c.evidence end
  `.execute(db);
  return rows[0]?.faults ?? 0;
}
