import type { Db } from '../database/connection.ts';
import { priorFrom } from '../scoring/prior.ts';
import { countActiveTutors } from '../tutors/count-queries.ts';
import { leftOutDays } from './left-out-days.ts';
import type { NewPrior } from './prior-queries.ts';

/** Fits the prior to the 90 days of all active tutors before an instant. Stores nothing. */
export async function fitPrior(db: Db, asOf: Date): Promise<NewPrior> {
  const counts = await countActiveTutors(db, asOf, await leftOutDays(db, asOf));
  const withSessions = counts.filter(({ sessions }) => sessions > 0);
  return {
    ...priorFrom(counts),
    as_of: asOf,
    tutors: withSessions.length,
    sessions: withSessions.reduce((sum, { sessions }) => sum + sessions, 0),
    reschedules: withSessions.reduce((sum, { reschedules }) => sum + reschedules, 0),
  };
}
