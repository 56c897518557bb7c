import type { Clock } from '../database/clock.ts';
import type { Db } from '../database/connection.ts';
import { rescoreTutors } from './rescore.ts';
import { tutorIdsAfter } from './score-queries.ts';

const BATCH = 500;

/**
 * Counts the scores of all tutors anew, batch by batch, each in a transaction of its own, so that a worker beside it
 * never waits long. Returns how many tutors there are and how many scores had been different.
 */
export async function recalculateAll(
  db: Db,
  clock: Clock,
  progress: (done: number) => void,
): Promise<{ tutors: number; changed: number }> {
  let tutors = 0;
  let changed = 0;
  let ids = await tutorIdsAfter(db, null, BATCH);
  while (ids.length > 0) {
    const batch = ids;
    changed += (await db.transaction().execute((tx) => rescoreTutors(tx, batch, clock))).changed;
    tutors += batch.length;
    progress(tutors);
    ids = await tutorIdsAfter(db, batch.at(-1) ?? null, BATCH);
  }
  return { tutors, changed };
}
