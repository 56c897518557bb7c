import { sql } from 'kysely';
import type { FunnelQuery, FunnelTutor } from '../contract/funnel.ts';
import type { Db } from '../database/connection.ts';
import type { Scores } from '../tutors/as-of-queries.ts';

export type ScoredTutor = Omit<FunnelTutor, 'rate' | 'outside' | 'outside_overdispersed'>;

/** The counts of a window and the evidence of all tutors who have sessions in it. */
export async function tutorsWithSessions(
  db: Db,
  { window_days, is_active }: FunnelQuery,
  scores: Scores,
): Promise<ScoredTutor[]> {
  const sessions = sql.ref(`s.total_sessions_${window_days}d`);
  const reschedules = sql.ref(`s.tutor_reschedules_${window_days}d`);
  const { rows } = await sql<ScoredTutor>`
    select t.id, t.name, ${sessions} as sessions, ${reschedules} as reschedules, s.evidence, s.risk_probability
      from tutors t
      join ${scores.relation} s on s.tutor_id = t.id
     where ${sessions} > 0 and ${is_active === 'all' ? sql`true` : sql`t.is_active = ${is_active === 'true'}`}
     order by t.id
  `.execute(db);
  return rows;
}
