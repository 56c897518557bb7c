import { answeredOnce } from './answered-once.ts';
import type { CountWindow } from './daily-windows.ts';
import { type EvidenceTier, evidenceTier } from './evidence.ts';
import { posteriorOf, probabilityAbove, type RateBelief } from './posterior.ts';
import { priorFrom } from './prior.ts';
import type { WindowCounts } from './reschedule-rate.ts';
import { isAboveThreshold } from './risk.ts';
import { WINDOW_DAYS } from './window.ts';

/**
 * What the rules would have said night after night. Each replay is a generator of one night a step, from the end of
 * day `from` to that of the day before `until`: whoever has other work besides takes a break between steps.
 */
export type Nights = { tutors: number; from: number; until: number };

/** Of a tutor, what is weighed at the end of a day. */
export type CountsOf = (tutor: number, day: number) => WindowCounts;

/** The priors as the nightly job fits them, each to what had been seen by then. */
export function* replayPriors({ tutors, from, until }: Nights, countsOf: CountsOf): Generator<RateBelief> {
  for (let day = from; day < until; day += 1) {
    yield priorFrom(Array.from({ length: tutors }, (_, tutor) => countsOf(tutor, day))).prior;
  }
}

export type TierReplay = Nights & {
  countsOf: CountsOf;
  priorOf: (day: number) => RateBelief;
  /** A share. */
  threshold: number;
  /** What is remembered of a tier on the next night; all of it unless said otherwise. */
  remember?: (said: EvidenceTier) => EvidenceTier | null;
};

/**
 * The tiers of all tutors, night by night. Each night remembers what was said the night before, as the product does; on
 * the first one nothing had been said, so the first weeks are for settling.
 */
export function* replayTiers(replay: TierReplay): Generator<EvidenceTier[]> {
  const { tutors, from, until, countsOf, priorOf, threshold, remember = (said) => said } = replay;
  let before: (EvidenceTier | null)[] = Array.from({ length: tutors }, () => null);
  for (let day = from; day < until; day += 1) {
    const probability = probabilitiesAbove(priorOf(day), threshold);
    const tiers = before.map((last, tutor) => {
      const counts = countsOf(tutor, day);
      return evidenceTier(probability(counts), counts, last);
    });
    before = tiers.map(remember);
    yield tiers;
  }
}

/** Who is high risk by the literal rule, night by night; `threshold` is in reschedules per 100 sessions. */
export function* replayLiteralRule(nights: Nights, count: CountWindow, threshold: number): Generator<boolean[]> {
  const isAbove = (tutor: number, day: number) =>
    WINDOW_DAYS.some((days) => isAboveThreshold(count(tutor, day, days), threshold));
  for (let day = nights.from; day < nights.until; day += 1) {
    yield Array.from({ length: nights.tutors }, (_, tutor) => isAbove(tutor, day));
  }
}

/** The probability of being above a threshold, a share; tutors of the same counts are weighed once. */
export function probabilitiesAbove(prior: RateBelief, threshold: number): (counts: WindowCounts) => number {
  return answeredOnce((counts) => probabilityAbove(posteriorOf(prior, counts), threshold));
}
