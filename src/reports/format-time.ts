/** "Mon 15 Jan 2024, 15:00 Europe/Berlin (GMT+1)": an instant in the business time zone, which is named. */
export function formatInstant(instant: string, timezone: string): string {
  const zone = timezone === 'UTC' ? 'UTC' : `${timezone} (${partsOf(instant, timezone)('timeZoneName')})`;
  return `${formatLocalTime(instant, timezone)} ${zone}`;
}

/** "Mon 15 Jan 2024, 15:00": only where the zone stands beside it already. */
export function formatLocalTime(instant: string, timezone: string): string {
  const part = partsOf(instant, timezone);
  return `${formatDay(instant, timezone)}, ${part('hour')}:${part('minute')}`;
}

/** "Mon 15 Jan 2024", in the business time zone. */
export function formatDay(instant: string, timezone: string): string {
  const part = partsOf(instant, timezone);
  return `${part('weekday')} ${part('day')} ${part('month')} ${part('year')}`;
}

function partsOf(instant: string, timezone: string): (type: Intl.DateTimeFormatPartTypes) => string {
  const parts = formatterOf(timezone).formatToParts(new Date(instant));
  return (type) => parts.find((part) => part.type === type)?.value ?? '';
}

/** Making a formatter costs a hundred times what using one does. */
function formatterOf(timezone: string): Intl.DateTimeFormat {
  const known = FORMATTERS.get(timezone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone: timezone,
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZoneName: 'shortOffset',
  });
  FORMATTERS.set(timezone, made);
  return made;
}

const FORMATTERS = new Map<string, Intl.DateTimeFormat>();
