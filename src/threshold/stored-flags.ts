import type { FlagLevel } from '../contract/threshold-question.ts';
import type { Db } from '../database/connection.ts';
import { isFlagged } from '../scoring/evidence.ts';
import type { ExpectedMistakes } from '../scoring/flag-course.ts';
import { type StoredJudgement, tallyStoredJudgements } from './queries.ts';

/** How many are flagged, and the mistakes to expect of that. */
export type FlagsNow = { flagged: number } & ExpectedMistakes;

/**
 * What each level says by the stored threshold, from the stored scores: as lists and pages tell it, and not as a replay
 * would have it.
 */
export async function storedFlags(db: Db): Promise<Record<FlagLevel, FlagsNow>> {
  const stored = await tallyStoredJudgements(db);
  return {
    literal: flagsNow(stored, ({ is_high_risk }) => is_high_risk),
    flagged: flagsNow(stored, ({ evidence }) => isFlagged(evidence)),
    confirmed: flagsNow(stored, ({ evidence }) => evidence === 'confirmed'),
  };
}

function flagsNow(stored: readonly StoredJudgement[], isRaised: (tutors: StoredJudgement) => boolean): FlagsNow {
  const now = { flagged: 0, above: 0, wrong: 0, missed: 0 };
  for (const judged of stored) {
    now.above += judged.above;
    if (isRaised(judged)) {
      now.flagged += judged.tutors;
      now.wrong += judged.tutors - judged.above;
    } else now.missed += judged.above;
  }
  return now;
}
