import type { Tx } from '../database/connection.ts';
import { openAndCloseFlags } from './flag-queries.ts';
import { lockAllScores, setThreshold } from './score-queries.ts';

/** Judges the stored counts of all tutors by another threshold and opens and closes their flags. */
export async function reflagAll(tx: Tx, threshold: number, now: Date): Promise<void> {
  const tutorIds = await lockAllScores(tx);
  await setThreshold(tx, threshold);
  await openAndCloseFlags(tx, tutorIds, now, 'threshold_raised');
}
