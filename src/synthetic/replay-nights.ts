import type { Clock } from '../database/clock.ts';
import type { Db } from '../database/connection.ts';
import { startOfDay } from '../evidence/day-queries.ts';
import { nameDays, RECOUNTED_MS } from '../evidence/name-days.ts';
import { weighEverybody } from '../evidence/refresh-evidence.ts';
import { DAY_MS } from '../scoring/window.ts';

const HALF_DAY_MS = DAY_MS / 2;

/**
 * Gives what was loaded at once a past: everybody is weighed at each of the last `days` business midnights, with the
 * prior of that night, and now, so that flags have opened and closed when they would have. Nobody else should be
 * looking at these tutors meanwhile; broken off, the next night brings everybody up to date.
 */
export async function replayNights(db: Db, clock: Clock, timezone: string, days: number): Promise<void> {
  const now = await clock(db);
  const today = await startOfDay(db, now, timezone);
  // A day is judged by those before it alone: named all at once, each is named as it would have been then.
  await nameDays(db, { from: new Date(now.getTime() - RECOUNTED_MS), until: now }, timezone);
  for (let back = days - 1; back >= 0; back -= 1) {
    // Midday, so that a day of 23 or 25 hours does not lead to another one.
    const midnight = await startOfDay(db, new Date(today.getTime() - back * DAY_MS + HALF_DAY_MS), timezone);
    await weighEverybody(db, () => Promise.resolve(midnight));
  }
  await weighEverybody(db, clock);
}
