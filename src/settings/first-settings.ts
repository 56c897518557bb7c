import { databaseClock } from '../database/clock.ts';
import type { Db } from '../database/connection.ts';
import { rejudgeAll } from '../tutors/rescore.ts';
import { saveFirstSettings } from './queries.ts';

/** Gives a database without settings those of the environment, and judges whoever is there already by them. */
export async function firstSettings(db: Db, threshold: number): Promise<void> {
  await db.transaction().execute(async (tx) => {
    if (await saveFirstSettings(tx, threshold)) await rejudgeAll(tx, threshold, await databaseClock(tx));
  });
}
