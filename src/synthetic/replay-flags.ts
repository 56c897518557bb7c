import type { Clock } from '../database/clock.ts';
import type { Db } from '../database/connection.ts';
import { DAY_MS } from '../scoring/window.ts';
import { rescoreTutors } from '../tutors/rescore.ts';

/** When the working day is over almost everywhere. */
const HOUR_MS = 18 * 60 * 60 * 1000;

/**
 * Opens and closes the flags of these tutors as they would have over the last `days` days, had they been scored every
 * evening; what is loaded at once has no past of its own. Ends with the scores that hold now.
 *
 * All in one transaction: nobody sees a score of the past, and a worker beside it waits or passes these tutors by.
 */
export async function replayFlags(db: Db, clock: Clock, tutorIds: readonly string[], days: number): Promise<void> {
  await db.transaction().execute(async (tx) => {
    for (const evening of eveningsBefore(await clock(tx), days)) {
      await rescoreTutors(tx, tutorIds, () => Promise.resolve(evening));
    }
    await rescoreTutors(tx, tutorIds, clock);
  });
}

/** The evenings, in UTC, of the `days` times 24 hours before `now`, oldest first. */
function eveningsBefore(now: Date, days: number): Date[] {
  const sinceEvening = (now.getTime() - HOUR_MS) % DAY_MS;
  const last = now.getTime() - sinceEvening;
  return Array.from({ length: days }, (_, index) => new Date(last - (days - 1 - index) * DAY_MS));
}
