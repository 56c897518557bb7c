import type { Clock } from '../database/clock.ts';
import type { Tx } from '../database/connection.ts';
import { leftOutDays } from '../evidence/left-out-days.ts';
import { priorAt } from '../evidence/prior-queries.ts';
import type { EvidenceTier } from '../scoring/evidence.ts';
import { COUNTS, type CountedTutor, countScores } from './count-queries.ts';
import { flagChanges } from './flag-changes.ts';
import { closeFlags, openFlags } from './flag-queries.ts';
import { lockAllScores, lockScores, type StoredScore, setThreshold, writeScores } from './score-queries.ts';
import { weighTutors } from './weigh-tutors.ts';

/** For when the scores hold, whose they are, and how many of them had other counts. */
export type Rescored = { asOf: Date; tutorIds: string[]; changed: number };

/**
 * Counts the windows of these tutors anew, weighs them, stores scores and flags, and returns the instant for which they
 * hold.
 *
 * It cannot lose an update: it locks the score rows first, reads the time after that, and only a later statement
 * counts. Whoever commits a session before the lock is counted here; whoever commits later waits for this lock with
 * a re-scoring of its own, whose time is later.
 */
export async function rescoreTutors(tx: Tx, tutorIds: readonly string[], clock: Clock): Promise<Rescored> {
  const before = await lockScores(tx, tutorIds);
  const locked = before.map(({ tutor_id }) => tutor_id);
  const asOf = await clock(tx);
  const [first] = before;
  if (first !== undefined) {
    const counted = await countScores(tx, locked, asOf, await leftOutDays(tx, asOf));
    await judge(tx, { before, counted, countedAt: asOf, threshold: first.risk_threshold, asOf, said: saidIn(before) });
    return { asOf, tutorIds: locked, changed: countChanged(before, counted) };
  }
  return { asOf, tutorIds: locked, changed: 0 };
}

function countChanged(before: readonly StoredScore[], after: readonly CountedTutor[]): number {
  const stored = new Map(before.map((score) => [score.tutor_id, score]));
  return after.filter((tutor) => {
    const last = stored.get(tutor.tutor_id);
    return last === undefined || COUNTS.some((column) => last[column] !== tutor[column]);
  }).length;
}

/**
 * Judges the stored counts of all tutors by another threshold, in per cent. What was said by the old one says nothing of
 * the new one: each tier is said anew.
 */
export async function rejudgeAll(tx: Tx, threshold: number, asOf: Date): Promise<void> {
  const before = await lockAllScores(tx);
  await setThreshold(tx, threshold);
  await judge(tx, { before, counted: before, countedAt: null, threshold, asOf, said: new Map() });
}

type Case = {
  before: readonly StoredScore[];
  counted: readonly CountedTutor[];
  /** `null` when the stored counts are judged anew. */
  countedAt: Date | null;
  /** All are judged by one. */
  threshold: number;
  asOf: Date;
  /** The tiers that stand as long as they may. */
  said: ReadonlyMap<string, EvidenceTier>;
};

function saidIn(scores: readonly StoredScore[]): ReadonlyMap<string, EvidenceTier> {
  return new Map(scores.map(({ tutor_id, evidence }) => [tutor_id, evidence]));
}

async function judge(tx: Tx, { before, counted, countedAt, threshold, asOf, said }: Case): Promise<void> {
  const tutors = counted.map((tutor) => ({ ...tutor, before: said.get(tutor.tutor_id) ?? 'too_few' }));
  const after = weighTutors(tutors, await priorAt(tx, asOf), threshold);
  await writeScores(tx, after, countedAt);
  const { opened, closed } = flagChanges(before, after, threshold);
  if (closed.length > 0) await closeFlags(tx, closed, asOf);
  if (opened.length > 0) await openFlags(tx, opened, asOf);
}
