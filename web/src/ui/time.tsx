import { useNow } from './use-now.ts';

type TimeProps = {
  /** ISO 8601 in UTC. */
  at: string;
  /** `ago`: "12 min ago"; `exact`: date and time in the viewer's zone; `day`: the date alone. */
  as?: 'ago' | 'exact' | 'day';
};

/** An instant in the viewer's own zone; the exact UTC stands in its tooltip. */
export function Time({ at, as = 'exact' }: TimeProps) {
  const date = new Date(at);
  return (
    <time dateTime={at} title={`${formatExact(date)} · ${utcOf(date)}`}>
      {as === 'ago' ? <Ago date={date} /> : as === 'day' ? DAY.format(date) : formatExact(date)}
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
const CLOCK = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });

/** "3 Oct 2026", of a day of the business's calendar: it is no instant, and the same for every viewer. */
export function formatCalendarDay(day: string): string {
  return CALENDAR_DAY.format(new Date(`${day}T00:00:00Z`));
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
