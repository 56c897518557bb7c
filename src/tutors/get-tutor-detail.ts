import type { TutorDetail } from '../contract/tutors.ts';
import type { Db } from '../database/connection.ts';
import { getOpenFlag, getTutor } from './queries.ts';

/** One tutor with scores, counts and, when high risk, the window that raised the flag; `null` if unknown. */
export async function getTutorDetail(db: Db, id: string): Promise<TutorDetail | null> {
  const [row, open_flag] = await Promise.all([getTutor(db, id), getOpenFlag(db, id)]);
  if (row === null) return null;
  const { name, email, is_active, created_at } = row;
  const { reschedule_rate_7d, reschedule_rate_30d, reschedule_rate_90d } = row;
  const { is_high_risk, risk_threshold, last_calculated_at } = row;
  const { total_sessions_7d, total_sessions_30d, total_sessions_90d } = row;
  const { tutor_reschedules_7d, tutor_reschedules_30d, tutor_reschedules_90d } = row;
  const rates = { reschedule_rate_7d, reschedule_rate_30d, reschedule_rate_90d };
  const totals = { total_sessions_7d, total_sessions_30d, total_sessions_90d };
  const moves = { tutor_reschedules_7d, tutor_reschedules_30d, tutor_reschedules_90d };
  return {
    id,
    name,
    email,
    is_active,
    created_at,
    scores: { ...rates, is_high_risk, risk_threshold, last_calculated_at },
    statistics: { ...totals, ...moves },
    open_flag,
  };
}
