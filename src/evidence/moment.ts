import type { Clock } from '../database/clock.ts';
import type { Db } from '../database/connection.ts';
import { AppError } from '../errors.ts';
import { endOfDay } from './day-queries.ts';

/** For when something is shown: now, or the end of a past business day. */
export type Moment = { asOf: Date; isPast: boolean };

/**
 * The end of the past day that a reader asked for: `YYYY-MM-DD` in the business time zone.
 *
 * @throws AppError `unreadable` for a day that is not over
 */
export async function momentOf(db: Db, clock: Clock, timezone: string, day: string): Promise<Moment> {
  const now = await clock(db);
  const asOf = await endOfDay(db, day, timezone);
  if (asOf <= now) return { asOf, isPast: true };
  throw new AppError('unreadable', 'The query cannot be read.', { as_of: 'must be a day that is over' });
}
