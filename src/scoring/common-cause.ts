import { fitBetaBinomial } from './beta-binomial.ts';
import { predictMoves } from './predictive.ts';
import type { WindowCounts } from './reschedule-rate.ts';

/**
 * One day of the whole marketplace, by the business zone: the sessions scheduled on it and those that tutors moved,
 * the tutors who had sessions and those of them who moved any.
 */
export type MarketplaceDay = WindowCounts & { tutors: number; movers: number };

/** A day that was judged: `isFarAbove` is what was seen, `isNamed` whether it is called a day of a common cause. */
export type JudgedDay = MarketplaceDay & { isFarAbove: boolean; isNamed: boolean };

/**
 * Judges a day by those before it, oldest first and without gaps: whether it had a common cause, a storm, an outage, a
 * strike, on which far more sessions were moved than chance and the usual ups and downs of days explain. Such a day
 * says nothing of a tutor: its sessions, kept ones too, are left out of evidence and drift. A day is judged by those
 * before it alone: what comes after it changes nothing.
 *
 * How much days differ is fitted to the last eight weeks, named days left out; a day is named when so many moves
 * have a chance of less than 1 in 10,000: about one wrong name in 20 years once eight weeks have been seen, one in four
 * years of so short a past as four weeks, before which no day is named. And a common cause is common: so many tutors
 * must have moved something as happens on one day in a hundred, or a few who move everything would hide behind a storm of
 * their own. Whatever lasts longer than a week is how things are now, and no longer named.
 *
 * Of a day that is not `isSettled` moves are known beforehand, and kept sessions only when they end: its first hours look
 * like a storm. It is judged as if as many sessions were to be held as on other days.
 *
 * @example judgeDay(fiftyDaysOf240MovesIn3000, { sessions: 3000, reschedules: 900, tutors: 1000, movers: 600 }).isNamed // true
 */
export function judgeDay(before: readonly JudgedDay[], day: MarketplaceDay, isSettled = true): JudgedDay {
  const course = before.filter(({ isNamed }) => !isNamed).slice(-COURSE_DAYS);
  const inARow = before.length - 1 - before.findLastIndex(({ isFarAbove }) => !isFarAbove);
  const isFarAbove = isFarAboveCourse(course, isSettled ? day : filledUp(day, course));
  return { ...day, isFarAbove, isNamed: isFarAbove && inARow < LONGEST_DAYS };
}

/** Judges one day after the other, oldest first; the answer is in the same order. */
export function commonCauseDays(days: readonly MarketplaceDay[]): boolean[] {
  const judged: JudgedDay[] = [];
  for (const day of days) judged.push(judgeDay(judged.slice(-DAYS_BEFORE), day));
  return judged.map(({ isNamed }) => isNamed);
}

const COURSE_DAYS = 56;
/** Before so many days have been seen, nobody knows what is usual. */
const FEWEST_DAYS = 28;
const LONGEST_DAYS = 7;
/** How many days before one are looked at: eight weeks, and twice as many in case that weeks of them are named. */
export const DAYS_BEFORE = 3 * COURSE_DAYS;
const RARE_MOVES = 1e-4;
const RARE_MOVERS = 1e-2;

function isFarAboveCourse(course: readonly MarketplaceDay[], day: MarketplaceDay): boolean {
  if (course.length < FEWEST_DAYS) return false;
  const asTutors = ({ tutors, movers }: MarketplaceDay) => ({ sessions: tutors, reschedules: movers });
  return isRarer(RARE_MOVES, course, day) && isRarer(RARE_MOVERS, course.map(asTutors), asTutors(day));
}

/** Whether so many of so many come less often than `chance`, as days go. */
function isRarer(chance: number, course: readonly WindowCounts[], { sessions, reschedules }: WindowCounts): boolean {
  // Most days are not even above the mean, and need no fit.
  if (reschedules * sum(course, 'sessions') <= sessions * sum(course, 'reschedules')) return false;
  const fit = fitBetaBinomial(course);
  if (fit.outcome === 'too_few') return false;
  const chances = predictMoves(fit.prior, sessions).slice(reschedules);
  return chances.reduce((total, each) => total + each, 0) < chance;
}

/** A day as it will be, if no further session is moved and as many are held as on other days. */
function filledUp(day: MarketplaceDay, course: readonly MarketplaceDay[]): MarketplaceDay {
  const usual = (what: 'sessions' | 'tutors') => Math.round(sum(course, what) / Math.max(1, course.length));
  return {
    ...day,
    sessions: Math.max(day.sessions, usual('sessions')),
    tutors: Math.max(day.tutors, usual('tutors')),
  };
}

function sum<What extends string>(days: readonly Record<What, number>[], what: What): number {
  return days.reduce((total, day) => total + day[what], 0);
}
