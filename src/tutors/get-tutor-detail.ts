import type { TutorDetail } from '../contract/tutors.ts';
import type { Db } from '../database/connection.ts';
import type { Moment } from '../evidence/moment.ts';
import { getOpenFlag, getTutor } from './queries.ts';
import { scoresAt } from './scores-at.ts';

/** One tutor with scores, counts and, when confirmed or on watch, what the flag says; `null` if unknown. */
export async function getTutorDetail(db: Db, id: string, moment: Moment): Promise<TutorDetail | null> {
  const [row, open_flag] = await Promise.all([
    getTutor(db, id, await scoresAt(db, moment, id)),
    getOpenFlag(db, id, moment.asOf),
  ]);
  if (row === null) return null;
  const { name, email, is_active, created_at, ...scores } = row;
  const { total_sessions_7d, total_sessions_30d, total_sessions_90d } = row;
  const { tutor_reschedules_7d, tutor_reschedules_30d, tutor_reschedules_90d } = row;
  const totals = { total_sessions_7d, total_sessions_30d, total_sessions_90d };
  const moves = { tutor_reschedules_7d, tutor_reschedules_30d, tutor_reschedules_90d };
  return { id, name, email, is_active, created_at, scores, statistics: { ...totals, ...moves }, open_flag };
}
