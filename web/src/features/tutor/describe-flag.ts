import { countOf, formatNumber } from '#contract/format.ts';

type OpenFlag = { opened_at: string; window_days: number; sessions: number; reschedules: number };

const DAY_MS = 24 * 60 * 60 * 1000;

/** Since when a tutor is high risk and what opened the flag: the counts are those of that day, not of today. */
export function describeFlag({ opened_at, window_days, sessions, reschedules }: OpenFlag, now: Date): string {
  const opened = new Date(opened_at);
  const days = Math.floor((now.getTime() - opened.getTime()) / DAY_MS);
  const day = (opened.getFullYear() === now.getFullYear() ? DAY : DAY_AND_YEAR).format(opened);
  const span = days < 1 ? 'less than a day' : countOf(days, 'day');
  const counts = `${formatNumber(reschedules)} of ${countOf(sessions, 'session')}`;
  return `High risk since ${day} (${span}): opened on ${counts} in ${window_days} days.`;
}

const DAY = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });
const DAY_AND_YEAR = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });
