import { fitBetaBinomial } from './beta-binomial.ts';
import { predictMoves } from './predictive.ts';
import type { WindowCounts } from './reschedule-rate.ts';

/**
 * One day of the whole marketplace, by the business zone: the sessions scheduled on it, those of them that tutors
 * moved, and the same of the one tutor who moved most of them.
 */
export type MarketplaceDay = WindowCounts & { foremost: WindowCounts };

/** A day that was judged: `isFarAbove` is what was seen, `isNamed` whether it is called a day of a common cause. */
export type JudgedDay = WindowCounts & { isFarAbove: boolean; isNamed: boolean };

/**
 * Judges a day by those before it, oldest first and without gaps: whether it had a common cause, a storm, an outage, a
 * strike, on which far more sessions were moved than chance and the usual ups and downs of days explain. Such a day
 * says nothing of a tutor: its sessions, kept ones too, are left out of evidence and drift. Since a day is judged by
 * those before it alone, nothing said of a past day changes later.
 *
 * How much days differ is fitted to the last eight weeks, named days left out; a day is named when so many moves
 * have a chance of less than 1 in 10,000: about one wrong name in 27 years. The tutor who moved most is taken out first,
 * for a common cause is common. Whatever lasts longer than a week is how things are now, and no longer named.
 *
 * @example judgeDay(fiftyDaysOf240MovesIn3000, { sessions: 3000, reschedules: 900, foremost }).isNamed // true
 */
export function judgeDay(before: readonly JudgedDay[], day: MarketplaceDay): JudgedDay {
  const { sessions, reschedules } = day;
  const course = before.filter(({ isNamed }) => !isNamed).slice(-COURSE_DAYS);
  const inARow = before.length - 1 - before.findLastIndex(({ isFarAbove }) => !isFarAbove);
  const isFarAbove = isFarAboveCourse(course, day);
  return { sessions, reschedules, isFarAbove, isNamed: isFarAbove && inARow < LONGEST_DAYS };
}

/** Judges one day after the other, oldest first; the answer is in the same order. */
export function commonCauseDays(days: readonly MarketplaceDay[]): boolean[] {
  const judged: JudgedDay[] = [];
  for (const day of days) judged.push(judgeDay(judged.slice(-DAYS_BEFORE), day));
  return judged.map(({ isNamed }) => isNamed);
}

const COURSE_DAYS = 56;
/** Before so many days have been seen, nobody knows what is usual. */
const FEWEST_DAYS = 14;
const LONGEST_DAYS = 7;
/** How many days before one are looked at: eight weeks, and twice as many in case that weeks of them are named. */
export const DAYS_BEFORE = 3 * COURSE_DAYS;
const RARE = 1e-4;

function isFarAboveCourse(course: readonly WindowCounts[], day: MarketplaceDay): boolean {
  const { sessions, reschedules, foremost } = day;
  const others = { sessions: sessions - foremost.sessions, reschedules: reschedules - foremost.reschedules };
  // Most days are not even above the mean, and need no fit.
  if (course.length < FEWEST_DAYS || !isAboveMean(course, others)) return false;
  const fit = fitBetaBinomial(course);
  if (fit.outcome === 'too_few') return false;
  const chances = predictMoves(fit.prior, others.sessions).slice(others.reschedules);
  return chances.reduce((sum, chance) => sum + chance, 0) < RARE;
}

function isAboveMean(course: readonly WindowCounts[], day: WindowCounts): boolean {
  const sessions = course.reduce((sum, each) => sum + each.sessions, 0);
  const reschedules = course.reduce((sum, each) => sum + each.reschedules, 0);
  return day.reschedules * sessions > day.sessions * reschedules;
}
