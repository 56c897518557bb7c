import { betaQuantile } from '../../src/scoring/incomplete-beta.ts';

/**
 * A marketplace whose truth is known. `rateAt` gives the rate below which a share of all tutors lies: tutors are drawn
 * from it, and it is what the ideal observer knows. In `turn`, so many tutors have the first rate until a day and
 * the second from it on. In a storm, a kept session is moved all the same with the chance `extra`.
 */
export type World = {
  name: string;
  tutors: number;
  sessionsPerDay: number;
  /** Sessions beside another tutor's, by place in `rateAt`. */
  loadAt: (place: number) => number;
  rateAt: (place: number) => number;
  /** The share of a tutor's moves that take a whole day, as when ill; the others come one by one. */
  wholeDays: number;
  turn: Turn | null;
  storms: Storm[];
};

export type Turn = { tutors: number; day: number; from: number; to: number };
type Storm = { day: number; days: number; extra: number };

/** A tutor of a rate above this is one whom a rule should find. */
export const THRESHOLD = 0.15;

/** Days before anything is measured: two windows, for the rule that looks back twice as far, and time to settle. */
export const WARM_UP_DAYS = 200;
export const MEASURED_DAYS = 120;
export const DAYS = WARM_UP_DAYS + MEASURED_DAYS;

const HEALTHY: World = {
  name: 'healthy: Beta(2, 23)',
  tutors: 2000,
  sessionsPerDay: 3000,
  loadAt: () => 1,
  rateAt: (place) => betaQuantile(place, 2, 23),
  wholeDays: 0,
  turn: null,
  storms: [],
};

const STORMS: Storm[] = [
  { day: WARM_UP_DAYS + 10, days: 3, extra: 0.3 },
  { day: WARM_UP_DAYS + 40, days: 2, extra: 0.15 },
  { day: WARM_UP_DAYS + 65, days: 4, extra: 0.2 },
  { day: WARM_UP_DAYS + 85, days: 2, extra: 0.05 },
  { day: WARM_UP_DAYS + 100, days: 2, extra: 0.4 },
];

export const WORLDS: World[] = [
  HEALTHY,
  { ...HEALTHY, name: 'classes: 60 / 25 / 15 %', loadAt: (place) => (isMedium(place) ? 2 : 1), rateAt: classRate },
  { ...HEALTHY, name: '600 busy tutors', tutors: 600 },
  { ...HEALTHY, name: '100 tutors turn from 8 to 30 %', turn: turn(0.08, 0.3) },
  { ...HEALTHY, name: '100 tutors turn from 30 to 8 %', turn: turn(0.3, 0.08) },
  { ...HEALTHY, name: 'half of the moves in whole days', wholeDays: 0.5 },
  { ...HEALTHY, name: 'whole days, 100 turn from 8 to 30 %', wholeDays: 0.5, turn: turn(0.08, 0.3) },
  { ...HEALTHY, name: 'storms', storms: STORMS },
  { ...HEALTHY, name: 'small: 100 tutors, storms', tutors: 100, sessionsPerDay: 150, storms: STORMS },
  { ...HEALTHY, name: 'no difference: all 8 %', rateAt: () => 0.08 },
];

function turn(from: number, to: number): Turn {
  return { tutors: 100, day: WARM_UP_DAYS + 20, from, to };
}

/** The classes of the demo data, as `src/synthetic/targets.ts` aims at them. */
function classRate(place: number): number {
  if (place < 0.6) return between(0.02, 0.085, place / 0.6);
  if (isMedium(place)) return between(0.105, 0.17, (place - 0.6) / 0.25);
  return place < 0.9625 ? between(0.29, 0.39, (place - 0.85) / 0.1125) : between(0.44, 0.57, (place - 0.9625) / 0.0375);
}

function isMedium(place: number): boolean {
  return place >= 0.6 && place < 0.85;
}

function between(from: number, to: number, share: number): number {
  return from + (to - from) * share;
}
