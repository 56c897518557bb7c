import type { Clock } from '../database/clock.ts';
import type { Tx } from '../database/connection.ts';
import { openAndCloseFlags } from './flag-queries.ts';
import { lockScores, writeScores } from './score-queries.ts';

export type Rescored = { asOf: Date; tutorIds: string[] };

/**
 * Counts the windows of these tutors anew, stores scores and flags, and returns the instant for which they hold.
 *
 * It cannot lose an update: it locks the score rows first, reads the time after that, and only a later statement
 * counts. Whoever commits a session before the lock is counted here; whoever commits later waits for this lock with
 * a re-scoring of its own, whose time is later.
 */
export async function rescoreTutors(tx: Tx, tutorIds: readonly string[], clock: Clock): Promise<Rescored> {
  const locked = await lockScores(tx, tutorIds);
  const asOf = await clock(tx);
  if (locked.length > 0) {
    await writeScores(tx, locked, asOf);
    await openAndCloseFlags(tx, locked, asOf, 'rate_fell');
  }
  return { asOf, tutorIds: locked };
}
