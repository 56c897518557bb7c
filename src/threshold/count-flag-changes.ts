import type { ThresholdReplay } from '../contract/threshold.ts';
import type { Db } from '../database/connection.ts';
import { priorAt } from '../evidence/prior-queries.ts';
import { evidenceTier, isFlagged } from '../scoring/evidence.ts';
import { probabilitiesAbove } from '../scoring/replay.ts';
import { tallyStoredEvidence } from './queries.ts';

/**
 * What storing a threshold, in per cent, would do to the flags at once: the stored counts are judged by it anew, as
 * `rejudgeAll` will. Nothing is stored here.
 */
export async function countFlagChanges(db: Db, asOf: Date, threshold: number): Promise<ThresholdReplay['on_change']> {
  const [prior, stored] = await Promise.all([priorAt(db, asOf), tallyStoredEvidence(db)]);
  const probability = probabilitiesAbove(prior, threshold / 100);
  const changes = { opened: 0, closed: 0, level_changed: 0 };
  for (const { evidence, tutors, ...counts } of stored) {
    const next = evidenceTier(probability(counts), counts, null);
    if (isFlagged(next) && !isFlagged(evidence)) changes.opened += tutors;
    if (isFlagged(evidence) && !isFlagged(next)) changes.closed += tutors;
    if (isFlagged(evidence) && isFlagged(next) && next !== evidence) changes.level_changed += tutors;
  }
  return changes;
}
