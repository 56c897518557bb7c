import type { TutorHistory } from '#contract/tutor-history.ts';
import type { OnWire } from '../../api/wire.ts';
import { formatRateAndCounts } from './rate-series.ts';

/** What one week held; the last week of a trend is the one that is still running. */
export type Week = { monday: Date; counts: { sessions: number; reschedules: number }; isRunning: boolean };

export function weeksOf({ trend }: OnWire<TutorHistory>): Week[] {
  const weeks = trend.reschedule_rate_by_week;
  return weeks.map(({ week, total_sessions, tutor_reschedules }, index) => ({
    // A Monday of the business zone is a date, not an instant: read and shown in UTC it is the same everywhere.
    monday: new Date(`${week}T00:00:00Z`),
    counts: { sessions: total_sessions, reschedules: tutor_reschedules },
    isRunning: index === weeks.length - 1,
  }));
}

/** "Week of 16 Nov 2026, still running: 54.5 %, 6 of 11". */
export function describeWeek({ monday, counts, isRunning }: Week): string {
  return `Week of ${formatMonday(monday)}${isRunning ? ', still running' : ''}: ${formatRateAndCounts(counts)}`;
}

export function summariseWeeks(weeks: readonly Week[]): string {
  const taught = weeks.filter(({ counts }) => counts.sessions > 0);
  const last = taught.at(-1);
  if (last === undefined) return 'No sessions in this period.';
  return `${taught.length} of ${weeks.length} weeks with sessions. ${describeWeek(last)}.`;
}

export function formatMonday(monday: Date): string {
  return MONDAY.format(monday);
}

/** Without the year, for an axis. */
export function formatShortMonday(monday: Date): string {
  return SHORT_MONDAY.format(monday);
}

const MONDAY = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });
const SHORT_MONDAY = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });
