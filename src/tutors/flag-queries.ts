import { sql } from 'kysely';
import type { Tx } from '../database/connection.ts';

export type CloseReason = 'rate_fell' | 'threshold_raised';

/**
 * Brings the flags of these tutors in line with their scores: one row each time the flag turns on, closed once.
 * The cause is the longest window above the threshold, since it stands on most sessions.
 */
export async function openAndCloseFlags(
  tx: Tx,
  tutorIds: readonly string[],
  asOf: Date,
  closeReason: CloseReason,
): Promise<void> {
  await sql`
    update risk_flags f
       set closed_at = greatest(${asOf}::timestamptz, f.opened_at), close_reason = ${closeReason}
      from tutor_scores s
     where f.tutor_id = s.tutor_id and f.closed_at is null and not s.is_high_risk
       and s.tutor_id = any(${tutorIds}::uuid[])
  `.execute(tx);
  await sql`
    insert into risk_flags (tutor_id, opened_at, rule, window_days, sessions, reschedules, risk_threshold)
    select s.tutor_id, ${asOf}::timestamptz, 'any_window_above_threshold', w.days, w.sessions, w.reschedules, s.risk_threshold
      from tutor_scores s
     cross join lateral (
           select days, sessions, reschedules
             from (values ( 7, s.total_sessions_7d,  s.tutor_reschedules_7d),
                          (30, s.total_sessions_30d, s.tutor_reschedules_30d),
                          (90, s.total_sessions_90d, s.tutor_reschedules_90d)) v (days, sessions, reschedules)
            where 100 * reschedules::bigint > s.risk_threshold * sessions
            order by days desc
            limit 1) w
     where s.tutor_id = any(${tutorIds}::uuid[]) and s.is_high_risk
       and not exists (select from risk_flags f where f.tutor_id = s.tutor_id and f.closed_at is null)
  `.execute(tx);
}
