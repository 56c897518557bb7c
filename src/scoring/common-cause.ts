import { fitBetaBinomial } from './beta-binomial.ts';
import { predictMoves } from './predictive.ts';
import type { WindowCounts } from './reschedule-rate.ts';

/**
 * One day of the whole marketplace, by the business zone: the sessions scheduled on it, those of them that tutors
 * moved, and the same of the one tutor who moved most of them.
 */
export type MarketplaceDay = WindowCounts & { foremost: WindowCounts };

/**
 * Which days had a common cause: a storm, an outage, a strike, on which far more sessions were moved than chance and
 * the usual ups and downs of days explain. Such a day says nothing of a tutor: its sessions, kept ones too, are left
 * out of evidence and drift. `days` come oldest first, without gaps; the answer is in the same order, and a day is
 * judged by those before it alone, so nothing said of a past day changes later.
 *
 * How much days differ is fitted to the last eight weeks, named days left out; a day is named when so many moves
 * have a chance of less than 1 in 10,000: about one wrong name in 27 years. The tutor who moved most is taken out first,
 * for a common cause is common. Whatever lasts longer than a week is how things are now, and no longer named.
 *
 * @example commonCauseDays([...fiftyDaysOf240MovesIn3000, aDayOf900In3000]).at(-1) // true
 */
export function commonCauseDays(days: readonly MarketplaceDay[]): boolean[] {
  const course: WindowCounts[] = [];
  let inARow = 0;
  return days.map((day) => {
    const isAbove = isFarAbove(course, day);
    const isNamed = isAbove && inARow < LONGEST_DAYS;
    inARow = isAbove ? inARow + 1 : 0;
    if (!isNamed) course.push(day);
    if (course.length > COURSE_DAYS) course.shift();
    return isNamed;
  });
}

const COURSE_DAYS = 56;
/** Before so many days have been seen, nobody knows what is usual. */
const FEWEST_DAYS = 14;
const LONGEST_DAYS = 7;
const RARE = 1e-4;

function isFarAbove(course: readonly WindowCounts[], { sessions, reschedules, foremost }: MarketplaceDay): boolean {
  if (course.length < FEWEST_DAYS) return false;
  const fit = fitBetaBinomial(course);
  if (fit.outcome === 'too_few') return false;
  const others = { sessions: sessions - foremost.sessions, reschedules: reschedules - foremost.reschedules };
  const chances = predictMoves(fit.prior, others.sessions).slice(others.reschedules);
  return chances.reduce((sum, chance) => sum + chance, 0) < RARE;
}
