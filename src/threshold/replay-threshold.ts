import type { FlagLevel } from '../contract/threshold-question.ts';
import { EVIDENCE_DAYS } from '../evidence/left-out-days.ts';
import { type ExpectedMistakes, expectedMistakes, type FlagDay, flagDay } from '../scoring/flag-course.ts';
import { probabilitiesAbove, replayLiteralRule, replayTiers } from '../scoring/replay.ts';
import { givingWay } from './give-way.ts';
import { hasSessions, raisedFlags } from './raised-flags.ts';
import { type Past, REPLAYED_DAYS } from './read-past.ts';

/** What became of the flags of one level on each of the days told of, and the mistakes to expect of them now. */
export type LevelReplay = { days: FlagDay[]; mistakes: ExpectedMistakes };
export type Replay = Record<FlagLevel, LevelReplay>;

/**
 * Plays the past again with one threshold, in per cent, for all three levels. Others get their turn between nights: a
 * night of 10,000 tutors takes a few milliseconds.
 */
export async function replayThreshold(past: Past, threshold: number): Promise<Replay> {
  const { tutors, from, days, countAll } = past;
  const until = days.length;
  const others = givingWay();
  const [literal, flagged, confirmed] = [follow(past), follow(past), follow(past)];
  for (const flags of replayLiteralRule({ tutors, from: until - REPLAYED_DAYS - 1, until }, countAll, threshold)) {
    literal.next(flags);
    await others();
  }
  for (const tiers of replayTiers({ ...tiersOf(past, threshold), from, until })) {
    flagged.next(raisedFlags(tiers, 'flagged'));
    confirmed.next(raisedFlags(tiers, 'confirmed'));
    await others();
  }
  const mistakes = mistakesAt(past, threshold);
  return { literal: literal.told(mistakes), flagged: flagged.told(mistakes), confirmed: confirmed.told(mistakes) };
}

function tiersOf({ tutors, count, priorOf }: Past, threshold: number) {
  const countsOf = (tutor: number, day: number) => count(tutor, day, EVIDENCE_DAYS);
  return { tutors, countsOf, priorOf, threshold: threshold / 100 };
}

/** What is expected of flags at the end of the last day. */
function mistakesAt(past: Past, threshold: number) {
  const { tutors, days, count, priorOf } = past;
  const last = days.length - 1;
  const probability = probabilitiesAbove(priorOf(last), threshold / 100);
  const probabilities = Array.from({ length: tutors }, (_, tutor) =>
    hasSessions(past, tutor, last) ? probability(count(tutor, last, EVIDENCE_DAYS)) : null,
  );
  return (flags: readonly boolean[]) => expectedMistakes(flags, probabilities);
}

/** Goes along with the flags of one level from night to night. */
function follow({ tutors }: Past) {
  const days: FlagDay[] = [];
  let before: readonly boolean[] = Array.from({ length: tutors }, () => false);
  return {
    next: (flags: readonly boolean[]) => {
      days.push(flagDay(before, flags));
      before = flags;
    },
    told: (mistakesOf: (flags: readonly boolean[]) => ExpectedMistakes): LevelReplay => ({
      days: days.slice(-REPLAYED_DAYS),
      mistakes: mistakesOf(before),
    }),
  };
}
