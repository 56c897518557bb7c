import type { Clock } from '../database/clock.ts';
import type { Db } from '../database/connection.ts';
import { rescoreTutors } from './rescore.ts';
import { tutorIdsAfter } from './score-queries.ts';

const BATCH = 500;
/** While the counts of one batch are weighed here, the database counts the next one. */
const LANES = 2;

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
  const batches = allTutors(db);
  const work = async () => {
    for await (const ids of batches) {
      const rescored = await db.transaction().execute((tx) => rescoreTutors(tx, ids, clock));
      changed += rescored.changed;
      tutors += ids.length;
      progress(tutors);
    }
  };
  // A lane that fails ends the batches; the other one finishes the batch it has, and nothing runs on behind the error.
  const lanes = await Promise.allSettled(Array.from({ length: LANES }, work));
  for (const lane of lanes) if (lane.status === 'rejected') throw lane.reason;
  return { tutors, changed };
}

/** The ids of all tutors, a batch at a time, to whoever asks next. */
async function* allTutors(db: Db): AsyncGenerator<string[], void, undefined> {
  let ids = await tutorIdsAfter(db, null, BATCH);
  while (ids.length > 0) {
    yield ids;
    ids = await tutorIdsAfter(db, ids.at(-1) ?? null, BATCH);
  }
}
