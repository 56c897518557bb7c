import { z } from 'zod';
import { rule } from './fields.ts';

/**
 * An instant as `YYYY-MM-DDTHH:MM:SS.ffffffZ`: UTC, six decimals, always. Two of them compare as text as they do in
 * time, and nothing of a sender's microseconds is lost, as it would be in a `Date`.
 */
export type Instant = string;

const SHAPE = /^(\d{4})-(\d\d)-(\d\d)[Tt](\d\d):(\d\d)(?::(\d\d)(?:\.(\d+))?)?([Zz]|[+-]\d\d:?\d\d)$/;
const MINUTE_MS = 60_000;

/** The instant an ISO 8601 text names, or `null` if it is none: no offset, or a date such as 30 February. Years 0100 to 9999. */
export function parseInstant(text: string): Instant | null {
  const match = SHAPE.exec(text);
  if (match === null) return null;
  const [, year, month, day, hour, minute, second = '0', fraction = '', offset = 'Z'] = match;
  const local = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second));
  const offsetMinutes = parseOffset(offset);
  // Date.UTC rolls 30 February over to March; an exact date comes back as it went in.
  const asWritten = `${year}-${month}-${day}T${hour}:${minute}:${second.padStart(2, '0')}`;
  if (offsetMinutes === null || new Date(local).toISOString().slice(0, 19) !== asWritten) return null;
  if (offsetMinutes === 0) return `${asWritten}.${microsecondsOf(fraction)}Z`;
  const utc = new Date(local - offsetMinutes * MINUTE_MS).toISOString();
  // A year of five digits, which an offset may reach, would not compare as text.
  if (utc.length > 24) return null;
  return `${utc.slice(0, -4)}${microsecondsOf(fraction)}Z`;
}

function microsecondsOf(fraction: string): string {
  return fraction.slice(0, 6).padEnd(6, '0');
}

function parseOffset(offset: string): number | null {
  if (offset === 'Z' || offset === 'z') return 0;
  const hours = Number(offset.slice(1, 3));
  const minutes = Number(offset.slice(-2));
  if (hours > 23 || minutes > 59) return null;
  return (offset.startsWith('-') ? -1 : 1) * (hours * 60 + minutes);
}

/** A `Date` as an `Instant`; a `Date` knows no microseconds. */
export function instantOf(date: Date): Instant {
  return `${date.toISOString().slice(0, -1)}000Z`;
}

/** An `Instant` moved by milliseconds, its microseconds kept. */
export function addMs(instant: Instant, ms: number): Instant {
  const moved = new Date(Date.parse(instant) + ms).toISOString();
  return `${moved.slice(0, -1)}${instant.slice(23, 26)}Z`;
}

/** An `Instant` moved by whole microseconds, forward. */
export function addMicroseconds(instant: Instant, microseconds: number): Instant {
  const micros = Number(instant.slice(20, 26)) + microseconds;
  if (micros < 1_000_000) return `${instant.slice(0, 20)}${String(micros).padStart(6, '0')}Z`;
  const seconds = new Date(Date.parse(`${instant.slice(0, 19)}Z`) + Math.floor(micros / 1_000_000) * 1000);
  return `${seconds.toISOString().slice(0, 19)}.${String(micros % 1_000_000).padStart(6, '0')}Z`;
}

const EXAMPLE = '2024-01-15T14:00:00Z';

/** An instant on the wire: ISO 8601 with an offset, any offset. */
export const instant = z
  .string(rule('must be a time as text'))
  .meta({ format: 'date-time', example: EXAMPLE })
  .transform((text, context): Instant => {
    const parsed = parseInstant(text);
    if (parsed !== null) return parsed;
    context.addIssue({ code: 'custom', message: `must be an ISO 8601 time with an offset, such as ${EXAMPLE}` });
    return z.NEVER;
  });

/** An instant in an answer. */
export const instantOut = z.date().meta({ type: 'string', format: 'date-time', example: EXAMPLE });

/**
 * The same where there are many of them: as the database writes it for the wire, since reading one as a `Date` and writing
 * that again takes ten times as long as handing on its text.
 */
export const instantText = z.string().meta({ format: 'date-time', example: EXAMPLE });
