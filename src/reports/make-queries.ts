import { sql } from 'kysely';
import type { Db, Tx } from '../database/connection.ts';
import { unnest } from '../database/statements/rows.ts';
import type { EvidenceTier } from '../scoring/evidence.ts';
import { windowAt } from '../scoring/window.ts';
import { type Scores, STORED } from '../tutors/as-of-queries.ts';

export type TutorFigures = {
  name: string;
  total_sessions_7d: number;
  total_sessions_30d: number;
  total_sessions_90d: number;
  tutor_reschedules_7d: number;
  tutor_reschedules_30d: number;
  tutor_reschedules_90d: number;
  risk_threshold: number;
  evidence: EvidenceTier;
  risk_probability: number | null;
  expected_rate: number | null;
  expected_rate_lower: number | null;
  expected_rate_upper: number | null;
  evidence_sessions: number;
  evidence_reschedules: number;
  rise_signalled_at: Date | null;
  previous_sessions_30d: number;
  previous_reschedules_30d: number;
};

/** What a report says of each tutor: the score, the stored one or another, and the counts of the 30 days before the last 30. */
export async function tutorFigures(
  db: Db,
  ids: readonly string[],
  asOf: Date,
  { relation }: Scores = STORED,
): Promise<Map<string, TutorFigures>> {
  const until = windowAt(asOf, 30).from;
  const { from } = windowAt(until, 30);
  const { rows } = await sql<TutorFigures & { id: string }>`
    select t.id, t.name,
           s.total_sessions_7d, s.total_sessions_30d, s.total_sessions_90d,
           s.tutor_reschedules_7d, s.tutor_reschedules_30d, s.tutor_reschedules_90d, s.risk_threshold,
           s.evidence, s.risk_probability, s.expected_rate, s.expected_rate_lower, s.expected_rate_upper,
           s.evidence_sessions, s.evidence_reschedules, s.rise_signalled_at,
           (select count(*)::integer from sessions p
             where p.tutor_id = t.id and p.scheduled_time >= ${from} and p.scheduled_time < ${until}
           ) as previous_sessions_30d,
           (select count(*)::integer from reschedules r
             where r.tutor_id = t.id and r.initiator = 'tutor'
               and r.original_time >= ${from} and r.original_time < ${until}
           ) as previous_reschedules_30d
      from tutors t
      join ${relation} s on s.tutor_id = t.id
     where t.id = any(${ids}::uuid[])
  `.execute(db);
  return new Map(rows.map(({ id, ...figures }) => [id, figures]));
}

/** The tutors' own moves of the last 90 days, newest first. */
export async function recentMoves(db: Db, tutorIds: readonly string[], asOf: Date) {
  const { from, until } = windowAt(asOf, 90);
  const { rows } = await sql<{ tutor_id: string; original_time: Date; hours_before_session: number | null }>`
    select tutor_id, original_time, hours_before_session
      from reschedules
     where tutor_id = any(${tutorIds}::uuid[]) and initiator = 'tutor'
       and original_time >= ${from} and original_time < ${until}
     order by original_time desc
  `.execute(db);
  return Map.groupBy(rows, ({ tutor_id }) => tutor_id);
}

export type NewReport = { session_id: string; recipient_email: string; facts: string };

/** Stores reports, due at once; one that is there already stays as it is. Returns the ids of the new ones. */
export async function insertReports(tx: Tx, reports: readonly NewReport[], now: Date): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    insert into email_reports (session_id, recipient_email, facts, next_attempt_at, created_at)
    select session_id, recipient_email, facts, ${now}::timestamptz, ${now}::timestamptz
      from ${unnest(reports, { session_id: 'uuid', recipient_email: 'text', facts: 'jsonb' })}
        as r (session_id, recipient_email, facts)
    on conflict (session_id, recipient_email) do nothing
    returning id
  `.execute(tx);
  return rows.map(({ id }) => id);
}
