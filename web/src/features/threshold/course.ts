import { countOf, formatNumber } from '#contract/format.ts';
import { formatCalendarDay } from '../../ui/time.tsx';
import type { ReplayData } from './threshold-data.ts';
import { isSameSetting, settingWords } from './words.ts';

/** A day of the replay, and whether no evidence counts its sessions. */
export type CourseDay = ReplayData['days'][number] & { isLeftOut: boolean };

/** How many were flagged day by day: by the chosen setting, and as it is unless that is the same. */
export type Course = { days: CourseDay[]; chosen: string; current: string | null };

export function courseOf({ days, common_cause_days, chosen, current }: ReplayData): Course {
  return {
    days: days.map((day) => ({ ...day, isLeftOut: common_cause_days.includes(day.day) })),
    chosen: settingWords(chosen),
    current: isSameSetting(chosen, current) ? null : settingWords(current),
  };
}

/** "3 Nov 2026: 52 tutors flagged, 48 as it is; left out of the evidence, …". */
export function describeDay({ day, flagged, current, isLeftOut }: CourseDay, hasCurrent: boolean): string {
  const beside = hasCurrent ? `, ${formatNumber(current)} as it is` : '';
  const cause = isLeftOut ? '; a day of a common cause, which no evidence counts' : '';
  return `${formatCalendarDay(day)}: ${countOf(flagged, 'tutor')} flagged${beside}${cause}`;
}

/** The drawing in a few words: where it began, where it ends, and how far it went. */
export function summariseCourse({ days, chosen, current }: Course): string {
  const [first, last] = [days.at(0), days.at(-1)];
  if (first === undefined || last === undefined) return 'No days were played again.';
  const flagged = days.map((day) => day.flagged);
  const range = `between ${formatNumber(Math.min(...flagged))} and ${formatNumber(Math.max(...flagged))} on all days`;
  const beside =
    current === null ? '' : ` As it is: ${formatNumber(first.current)} then, ${formatNumber(last.current)} at the end.`;
  return (
    `${chosen}, by the replay: ${countOf(first.flagged, 'tutor')} flagged on ${formatCalendarDay(first.day)}, ` +
    `${formatNumber(last.flagged)} on ${formatCalendarDay(last.day)}, ${range}.${beside}`
  );
}
