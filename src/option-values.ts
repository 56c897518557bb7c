import { InvalidArgumentError } from 'commander';
import type { ZodType } from 'zod';
import { parseInstant } from './contract/instant.ts';

/** How the values of options and arguments are read; each says its rule when one does not fit. */

/** A whole number within bounds. */
export function whole(least: number, most: number) {
  return (text: string): number => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= least && value <= most) return value;
    throw new InvalidArgumentError(`It must be a whole number from ${least} to ${most}.`);
  };
}

/** "3000/day", or just the number. */
export function dailyRate(text: string): number {
  return whole(1, 10_000_000)(text.replace(/\/day$/, ''));
}

/** An instant with its offset. */
export function instant(text: string): Date {
  const parsed = parseInstant(text);
  if (parsed !== null) return new Date(parsed);
  throw new InvalidArgumentError('It must be an ISO 8601 time with an offset, such as 2024-01-15T14:00:00Z.');
}

/** One of a few words. */
export function oneOf(...words: string[]) {
  return (text: string): string => {
    if (words.includes(text)) return text;
    throw new InvalidArgumentError(`It must be one of ${words.join(', ')}.`);
  };
}

/** As a field of the wire is read. */
export function fitting(schema: ZodType<string>) {
  return (text: string): string => {
    const read = schema.safeParse(text);
    if (read.success) return read.data;
    throw new InvalidArgumentError(`It ${read.error.issues[0]?.message}.`);
  };
}

/** One of several "field=column". */
export function collect(value: string, previous: string[]): string[] {
  if (/^\w+=./.test(value)) return [...previous, value];
  throw new InvalidArgumentError('It must read field=column.');
}
