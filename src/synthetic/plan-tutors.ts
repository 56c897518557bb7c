import { DAY_MS } from '../scoring/window.ts';
import { at } from './at.ts';
import { drawPeople } from './people.ts';
import { apportion } from './quotas.ts';
import { createRandom, type Random } from './random.ts';
import { COMMON_REASONS, type Reason } from './reasons.ts';
import type { GenerateOptions, RiskClass, SyntheticTutor } from './synthetic-data.ts';
import * as targets from './targets.ts';

/** A tutor with the habits that the sessions are made from. */
export type TutorPlan = SyntheticTutor & {
  /** Where the realised 90-day rate must lie. */
  band: targets.RateBand;
  /** Lessons are held in `[teaches_from, teaches_until)`, milliseconds of UTC. */
  teaches_from: number;
  teaches_until: number;
  /** 1 = Monday to 7 = Sunday. */
  favourite_weekday: number | null;
  usual_reason: Reason | null;
};

type Traits = Omit<TutorPlan, 'id' | 'name' | 'email'>;

/** Lessons begin so long after a tutor was created, so that every notice lies in the tutor's time. */
const ONBOARDING_MS = 2 * DAY_MS;
/** The newest tutor is so old, so that there are sessions enough to realise a rate. */
const NEWEST_DAYS = 21;

/**
 * The tutors in random order. What must be right in total (classes, ages, habits, who left) is dealt out in
 * fixed numbers and shuffled, so that no seed is unlucky.
 */
export function planTutors(options: GenerateOptions): TutorPlan[] {
  const random = createRandom(options.seed, 'tutors');
  const counts = apportion(
    options.tutors,
    targets.RISK_CLASSES.map((name) => targets.CLASS_TARGETS[name].share),
  );
  const leavers = apportion(options.tutors - Math.round(options.tutors * targets.SHARES.active), counts);
  const traits = targets.RISK_CLASSES.flatMap((name, index) =>
    traitsOfClass(random, name, at(counts, index), at(leavers, index), options),
  );
  const people = drawPeople(random, options.tutors);
  return random.shuffled(traits).map((trait, index) => ({ id: random.uuid(), ...at(people, index), ...trait }));
}

function traitsOfClass(
  random: Random,
  risk_class: RiskClass,
  count: number,
  leavers: number,
  { asOf, days }: GenerateOptions,
): Traits[] {
  const periodStart = asOf.getTime() - days * DAY_MS;
  // Over 183 days of sessions, the tutors cannot all be younger than that: then some are older than the period.
  const oldest = days <= targets.CREATION_DAYS ? targets.CREATION_DAYS : days + targets.CREATION_DAYS;
  const newest = Math.min(days + 3, NEWEST_DAYS);
  // Oldest first; only the older half can have left, as they taught for long enough.
  const ages = strata(random, count, newest, oldest).toReversed();
  const left = random.shuffled(ages.slice(0, Math.ceil(count / 2))).slice(0, leavers);
  const weekdays = dealt(count, targets.SHARES.withFavouriteWeekday, [1, 2, 3, 4, 5]);
  // Lowest rates first: who moves half of all sessions cannot keep to one weekday.
  const rates = ratesOf(random, risk_class, count).map((rate, index) => ({
    ...rate,
    favourite_weekday: at(weekdays, index),
  }));
  const shuffledRates = random.shuffled(rates);
  const reasons = random.shuffled(dealt(count, targets.SHARES.withUsualReason, COMMON_REASONS));
  return ages.map((age, index) => {
    const created = Math.floor((asOf.getTime() - age * DAY_MS) / 1000) * 1000;
    const isActive = !left.includes(age);
    const absence = isActive ? 0 : random.between(0.2, 0.6) * Math.min(days * DAY_MS, targets.CLASS_WINDOW_MS);
    return {
      ...at(shuffledRates, index),
      risk_class,
      is_active: isActive,
      created_at: new Date(created),
      teaches_from: Math.max(created + ONBOARDING_MS, periodStart),
      teaches_until: asOf.getTime() - absence,
      usual_reason: at(reasons, index),
    };
  });
}

function ratesOf(random: Random, risk_class: RiskClass, count: number): Pick<TutorPlan, 'true_rate' | 'band'>[] {
  const { aims } = targets.CLASS_TARGETS[risk_class];
  const counts = apportion(
    count,
    aims.map(({ share }) => share),
  );
  return aims.flatMap(({ from, to, band }, index) =>
    strata(random, at(counts, index), from, to).map((true_rate) => ({ true_rate, band })),
  );
}

/** `count` numbers that cover `[min, max)` evenly, ascending: one drawn from each of as many equal parts. */
function strata(random: Random, count: number, min: number, max: number): number[] {
  const step = (max - min) / count;
  return Array.from({ length: count }, (_, index) => min + (index + random.fraction()) * step);
}

/** The values in turn for a share of `count` places, and `null` for the others. */
function dealt<T>(count: number, share: number, values: readonly T[]): (T | null)[] {
  const holders = Math.ceil(count * share);
  return Array.from({ length: count }, (_, index) => (index < holders ? at(values, index % values.length) : null));
}
