import type { TutorInsights } from '../contract/tutors.ts';
import type { Clock } from '../database/clock.ts';
import type { Db } from '../database/connection.ts';
import { insightsOf } from './figures.ts';
import { recentMoves, tutorFigures } from './make-queries.ts';

/** What a report made now would say of a tutor; `null` if the tutor is unknown. */
export async function getTutorInsights(db: Db, clock: Clock, id: string): Promise<TutorInsights | null> {
  const as_of = await clock(db);
  const [figures, moves] = await Promise.all([tutorFigures(db, [id], as_of), recentMoves(db, [id], as_of)]);
  const tutor = figures.get(id);
  return tutor === undefined ? null : { as_of, ...insightsOf(tutor, moves.get(id) ?? [], as_of) };
}
