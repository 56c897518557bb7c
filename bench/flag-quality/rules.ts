import { fitBetaBinomial } from '../../src/scoring/beta-binomial.ts';
import type { CountWindow } from '../../src/scoring/daily-windows.ts';
import type { EvidenceTier } from '../../src/scoring/evidence.ts';
import type { RateBelief } from '../../src/scoring/posterior.ts';
import { replayTiers, type TierReplay } from '../../src/scoring/replay.ts';
import { isAboveThreshold } from '../../src/scoring/risk.ts';
import { WINDOW_DAYS } from '../../src/scoring/window.ts';
import { DAYS, THRESHOLD, WARM_UP_DAYS } from './worlds.ts';

/** Whether each tutor is flagged at the end of a day. */
export type Rule = { name: string; flagsOn: (day: number) => boolean[] };

/** The tiers of all tutors at the end of each day, from the first that has a full window. */
export type Tiers = ReadonlyMap<number, readonly EvidenceTier[]>;

/** High risk when any window is above the threshold; windows of fewer sessions are passed over. */
export function literalRule(name: string, fewest: number, tutors: number, count: CountWindow): Rule {
  const isFlagged = (tutor: number, day: number) =>
    WINDOW_DAYS.some((days) => {
      const counts = count(tutor, day, days);
      return counts.sessions >= fewest && isAboveThreshold(counts, 100 * THRESHOLD);
    });
  return { name, flagsOn: (day) => Array.from({ length: tutors }, (_, tutor) => isFlagged(tutor, day)) };
}

/** Flags whoever is in one of these tiers. */
export function tierRule(name: string, tiers: Tiers, flagged: readonly EvidenceTier[]): Rule {
  return { name, flagsOn: (day) => (tiers.get(day) ?? []).map((tier) => flagged.includes(tier)) };
}

/** The prior as fitted each night to what had been seen by then; that of the first full window before it. */
export function nightlyPriors(tutors: number, count: CountWindow): (day: number) => RateBelief {
  const priors = new Map<number, RateBelief>();
  for (let day = FIRST_DAY; day < DAYS; day += 1) {
    const fit = fitBetaBinomial(Array.from({ length: tutors }, (_, tutor) => count(tutor, day, 90)));
    if (fit.outcome === 'too_few') throw new Error('These worlds have sessions enough to fit a prior.');
    priors.set(day, fit.prior);
  }
  return (day) => {
    const prior = priors.get(Math.max(FIRST_DAY, day));
    if (prior === undefined) throw new RangeError(`There is no day ${day}.`);
    return prior;
  };
}

/** What is weighed of a tutor's past, and what of the tier said before is remembered. */
type Weighing = Required<Pick<TierReplay, 'countsOf' | 'remember'>>;

export function tiersOf(tutors: number, priorOf: (day: number) => RateBelief, weighing: Weighing): Tiers {
  const nights = replayTiers({ tutors, from: FIRST_DAY, until: DAYS, priorOf, threshold: THRESHOLD, ...weighing });
  return new Map(Array.from(nights, (tiers, night) => [FIRST_DAY + night, tiers]));
}

/** Two months before anything is measured, for tiers to settle in. */
const FIRST_DAY = WARM_UP_DAYS - 60;
