import type { TutorInsights } from '../contract/tutors.ts';
import type { Db } from '../database/connection.ts';
import type { Moment } from '../evidence/moment.ts';
import { scoresAt } from '../tutors/scores-at.ts';
import { insightsOf } from './figures.ts';
import { findTutorPatterns, tutorsToLookAt } from './find-tutor-patterns.ts';
import { recentMoves, tutorFigures } from './make-queries.ts';

/** What a report made at a moment would say of a tutor; `null` if the tutor is unknown. */
export async function getTutorInsights(
  db: Db,
  id: string,
  moment: Moment,
  timezone: string,
): Promise<TutorInsights | null> {
  const { asOf } = moment;
  const [figures, moves] = await Promise.all([
    scoresAt(db, moment, id).then((scores) => tutorFigures(db, [id], asOf, scores)),
    recentMoves(db, [id], asOf),
  ]);
  const tutor = figures.get(id);
  if (tutor === undefined) return null;
  const found = await findTutorPatterns(db, tutorsToLookAt(figures), asOf, timezone);
  const patterns = found.get(id) ?? [];
  return { as_of: asOf, ...insightsOf(tutor, { moves: moves.get(id) ?? [], patterns }, asOf), patterns };
}
