import { sql } from 'kysely';
import type { Db } from './connection.ts';
import { PREPARED } from './statements/prepared.ts';

/** Says what time it is for whoever works in `db`; a parameter, so that tests and replays can choose. */
export type Clock = (db: Db) => Promise<Date>;

/** The database's own time, at this moment and not at the start of the transaction. */
export const databaseClock: Clock = async (db) => {
  const { rows } = await sql<{ now: Date }>`${PREPARED} select clock_timestamp() as now`.execute(db);
  const [row] = rows;
  if (row === undefined) throw new Error('select clock_timestamp() returned no row');
  return row.now;
};

const CHECK_MS = 60_000;

/**
 * The database's time without asking it each time: this machine's, moved by the difference that was found within the
 * last minute. For what a few milliseconds do not harm: when to send a mail again, when a claim runs out.
 */
export function estimatedClock(): Clock {
  let differenceMs = 0;
  let checkedAt = Number.NEGATIVE_INFINITY;
  return async (db) => {
    if (performance.now() - checkedAt > CHECK_MS) {
      differenceMs = (await databaseClock(db)).getTime() - Date.now();
      checkedAt = performance.now();
    }
    return new Date(Date.now() + differenceMs);
  };
}
