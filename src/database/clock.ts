import { sql } from 'kysely';
import type { Db } from './connection.ts';

/** Says what time it is for whoever works in `db`; a parameter, so that tests and replays can choose. */
export type Clock = (db: Db) => Promise<Date>;

/** The database's own time, at this moment and not at the start of the transaction. */
export const databaseClock: Clock = async (db) => {
  const { rows } = await sql<{ now: Date }>`select clock_timestamp() as now`.execute(db);
  const [row] = rows;
  if (row === undefined) throw new Error('select clock_timestamp() returned no row');
  return row.now;
};

/** This machine's time, for what a small difference between machines does not harm: when to send a mail again. */
export const localClock: Clock = () => Promise.resolve(new Date());
