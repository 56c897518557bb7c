import type { ReactNode } from 'react';
import { useNow } from './use-now.ts';

type TimeProps = {
  /** ISO 8601 in UTC. */
  at: string;
  /** `ago`: "12 min ago"; `exact`: date and time in the viewer's zone. */
  as?: 'ago' | 'exact';
  /** What stands for it instead. */
  children?: ReactNode;
};

/** An instant in the viewer's own zone; the exact UTC stands in its tooltip. */
export function Time({ at, as = 'exact', children }: TimeProps) {
  const date = new Date(at);
  return (
    <time dateTime={at} title={`${formatExact(date)} · ${utcOf(date)}`}>
      {children ?? (as === 'ago' ? <Ago date={date} /> : formatExact(date))}
    </time>
  );
}

function Ago({ date }: { date: Date }) {
  return formatAgo(date, useNow());
}

const DAY = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });
const MINUTE = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
});
const CALENDAR_DAY = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  timeZone: 'UTC',
});
const SHORT_DAY = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });
const CLOCK = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });

/** Tells on which day of a zone's calendar an instant falls: "2026-10-03". */
export function calendarOf(timeZone: string): (date: Date) => string {
  const format = new Intl.DateTimeFormat('en-CA', { timeZone });
  return (date) => format.format(date);
}

/** "3 Oct 2026", of a day of the business's calendar: it is no instant, and the same for every viewer. */
export function formatCalendarDay(day: string): string {
  return CALENDAR_DAY.format(new Date(`${day}T00:00:00Z`));
}

/** "3 Oct", where the year is plain. */
export function formatShortDay(day: string): string {
  return SHORT_DAY.format(new Date(`${day}T00:00:00Z`));
}

/** "14:02" in the viewer's zone. */
export function formatClock(date: Date): string {
  return CLOCK.format(date);
}

/** "2 Nov 2026, 14:02" in the viewer's zone. */
export function formatExact(date: Date): string {
  return MINUTE.format(date);
}

/** "2026-11-02 13:02:41 UTC" */
function utcOf(date: Date): string {
  return `${date.toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** "just now", "12 min ago", "3 h ago", "5 days ago"; the date itself after two weeks, and for what is still to come. */
export function formatAgo(date: Date, now: Date): string {
  const ms = now.getTime() - date.getTime();
  if (ms < -MINUTE_MS) return formatExact(date);
  if (ms < MINUTE_MS) return 'just now';
  if (ms < HOUR_MS) return `${Math.floor(ms / MINUTE_MS)} min ago`;
  if (ms < 2 * DAY_MS) return `${Math.floor(ms / HOUR_MS)} h ago`;
  if (ms < 14 * DAY_MS) return `${Math.floor(ms / DAY_MS)} days ago`;
  return DAY.format(date);
}
