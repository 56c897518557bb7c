import { DAY_MS } from '../scoring/window.ts';
import { type AuditRow, excludedRow, percent, row } from './audit-row.ts';
import { type LocalTime, localClock } from './calendar.ts';
import { type Evidence, type MeasuredSession, periodStart } from './evidence.ts';

const SHORTEST_MINUTES = 30;
const LONGEST_MINUTES = 120;
const BUSY_HOURS = 5;
/** A season is compared when the period holds so many days of it and of the other. */
const SEASON_DAYS = 60;

/** When sessions take place, how long they last, and with whom. */
export function auditTimes(evidence: Evidence): AuditRow[] {
  const localTime = localClock(evidence.options.timezone);
  const local = evidence.sessions.map(({ start }) => localTime(start));
  return [
    weekdayRow(evidence, local),
    afternoonRow(local),
    seasonRow(evidence, localTime),
    durationRow(evidence.sessions),
    returningRow(evidence),
    overlapRow(evidence),
  ];
}

function weekdayRow({ options }: Evidence, local: LocalTime[]): AuditRow {
  const target = 'weekdays busier than weekends';
  const workdays = local.filter(({ weekday }) => weekday <= 5).length / 5;
  const weekends = (local.length - 5 * workdays) / 2;
  if (options.days < 14) return excludedRow(target, 'over 1.5 times', 'not judged', 'fewer than 14 days');
  return ratioRow(target, 'a day of the week', workdays, weekends);
}

function afternoonRow(local: LocalTime[]): AuditRow {
  const busy = local.filter(({ hour }) => hour >= 15 && hour < 20).length;
  const hours = new Set(local.map(({ hour }) => hour)).size;
  const otherHours = Math.max(1, hours - BUSY_HOURS);
  return ratioRow(
    '15:00–20:00 local busier',
    'an hour of the day',
    busy / BUSY_HOURS,
    (local.length - busy) / otherHours,
  );
}

function ratioRow(target: string, unit: string, busier: number, other: number): AuditRow {
  const wanted = 'over 1.5 times';
  if (busier + other === 0) return excludedRow(target, wanted, 'none', 'there are no sessions');
  const reached = `${busier.toFixed(1)} against ${other.toFixed(1)} ${unit}`;
  return row(target, wanted, reached, busier > 1.5 * other);
}

/**
 * Each half-year against what the same tutors would have taught at an even load: new tutors, and tutors with many
 * sessions, then do not look like a season.
 */
function seasonRow({ options, tutors }: Evidence, localTime: (instant: number) => LocalTime): AuditRow {
  const target = 'autumn and winter busier (Sep–Feb)';
  const wanted = 'over 1.1 times';
  const isCold = (instant: number): boolean => {
    const { month } = localTime(instant);
    return month >= 9 || month <= 2;
  };
  const days = Array.from({ length: options.days }, (_, day) => periodStart(options) + (day + 0.5) * DAY_MS);
  const coldDays = days.filter(isCold);
  if (Math.min(coldDays.length, days.length - coldDays.length) < SEASON_DAYS) {
    return excludedRow(target, wanted, 'not judged', `the period has under ${SEASON_DAYS} days of one half-year`);
  }
  const total = { sessions: 0, cold: 0, evenCold: 0 };
  for (const { tutor, sessions } of tutors) {
    const until = tutor.is_active ? options.asOf.getTime() : (sessions.at(-1)?.start ?? 0);
    const isTaught = (day: number): boolean => day >= tutor.created_at.getTime() && day < until;
    const taught = days.filter(isTaught).length;
    if (taught === 0) continue;
    total.sessions += sessions.length;
    total.cold += sessions.filter(({ start }) => isCold(start)).length;
    total.evenCold += (sessions.length * coldDays.filter(isTaught).length) / taught;
  }
  const evenWarm = total.sessions - total.evenCold;
  if (Math.min(total.evenCold, evenWarm) <= 0) {
    return excludedRow(target, wanted, 'not judged', 'no tutor taught in both half-years');
  }
  const cold = total.cold / total.evenCold;
  const warm = (total.sessions - total.cold) / evenWarm;
  return row(target, wanted, `${cold.toFixed(2)} against ${warm.toFixed(2)} of an even load`, cold > 1.1 * warm);
}

function durationRow(sessions: MeasuredSession[]): AuditRow {
  const wanted = `${SHORTEST_MINUTES}–${LONGEST_MINUTES} minutes`;
  if (sessions.length === 0) return excludedRow('duration', wanted, 'none', 'there are no sessions');
  let shortest = Number.POSITIVE_INFINITY;
  let longest = 0;
  for (const { session } of sessions) {
    shortest = Math.min(shortest, session.duration_minutes);
    longest = Math.max(longest, session.duration_minutes);
  }
  const isReached = shortest >= SHORTEST_MINUTES && longest <= LONGEST_MINUTES;
  return row('duration', wanted, `${shortest}–${longest} minutes`, isReached);
}

function returningRow({ tutors, sessions }: Evidence): AuditRow {
  const target = 'sessions with a returning student';
  if (sessions.length === 0) return excludedRow(target, 'over 60 %', 'none', 'there are no sessions');
  const pairs = tutors.reduce(
    (sum, tutor) => sum + new Set(tutor.sessions.map((own) => own.session.student_id)).size,
    0,
  );
  const returning = sessions.length - pairs;
  const few = sessions.length < 5 * tutors.length ? 'few sessions a tutor leave little to return to' : '';
  return row(target, 'over 60 %', percent(returning, sessions.length), returning > 0.6 * sessions.length, few);
}

function overlapRow({ tutors, options }: Evidence): AuditRow {
  const target = 'overlapping sessions of one tutor';
  let overlaps = 0;
  for (const { sessions } of tutors) {
    let busyUntil = 0;
    for (const { start, end, session } of sessions) {
      if (start < busyUntil) overlaps += 1;
      const over = session.completed_time === undefined ? end : Date.parse(session.completed_time);
      busyUntil = Math.max(busyUntil, over);
    }
  }
  const note = overlaps === 0 ? '' : `the busiest tutors have no free hour left in ${options.days} days`;
  return row(target, '0', `${overlaps}`, overlaps === 0, note);
}
