import { countOf, formatNumber, formatProbability } from '#contract/format.ts';
import type { TutorDetail } from '#contract/tutors.ts';
import type { OnWire } from '../../api/wire.ts';
import { calendarOf, formatCalendarDay, formatShortDay } from '../../ui/time.tsx';

type OpenFlag = Pick<
  NonNullable<OnWire<TutorDetail>['open_flag']>,
  'opened_at' | 'level' | 'risk_probability' | 'window_days' | 'sessions' | 'reschedules'
>;

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * Since when a tutor is flagged and what opened the flag: the figures are those of that day, not of today. The day is that
 * of the business, as in the sentences of the server beside it.
 */
export function describeFlag(
  { opened_at, level, risk_probability, ...cause }: OpenFlag,
  now: Date,
  zone: string,
): string {
  const opened = new Date(opened_at);
  const days = Math.floor((now.getTime() - opened.getTime()) / DAY_MS);
  const dayOf = calendarOf(zone);
  const day = dayOf(opened);
  const isThisYear = day.slice(0, 4) === dayOf(now).slice(0, 4);
  const span = days < 1 ? 'less than a day' : countOf(days, 'day');
  const counts = `${formatNumber(cause.reschedules)} of ${countOf(cause.sessions, 'session')}`;
  const likely = risk_probability === null ? '' : `, ${formatProbability(risk_probability)} likely`;
  return `${FLAGGED[level ?? 'rule']} since ${isThisYear ? formatShortDay(day) : formatCalendarDay(day)} (${span}): it began with ${counts} in ${cause.window_days} days${likely}.`;
}

/** A flag of the literal rule has no level. */
const FLAGGED = { confirmed: 'Confirmed', watch: 'On watch', rule: 'High risk' } as const;
