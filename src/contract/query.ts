import { z } from 'zod';

/** A whole number in a query string. */
export function wholeNumber(least: number, most: number) {
  const rule = `must be a whole number from ${least} to ${most}`;
  return z
    .string(rule)
    .regex(/^\d{1,9}$/, rule)
    .transform(Number)
    .refine((value) => value >= least && value <= most, rule)
    .meta({ type: 'integer', minimum: least, maximum: most });
}

/** As `wholeNumber`; `fallback` when it is absent. */
export function wholeNumberOr(fallback: number, least: number, most: number) {
  return wholeNumber(least, most)
    .default(fallback)
    .meta({ type: 'integer', minimum: least, maximum: most, default: fallback });
}

export const page = { limit: wholeNumberOr(100, 1, 500), offset: wholeNumberOr(0, 0, 100_000_000) };

/** A day that may be absent; `words` say what it is for. */
export function optionalDay(words: string) {
  return z
    .string('must be a day such as 2026-10-31')
    .refine(isDay, 'must be a day such as 2026-10-31')
    .optional()
    .describe(words)
    .meta({ type: 'string', format: 'date' });
}

/** A past day in the business time zone; its end is looked at with today's eyes. Absent = now. */
export const asOfDay = optionalDay(
  "A past day in the business time zone: the answer is as of its end, by today's threshold and what is known today. Absent = now.",
);

/** A day that is in the calendar, from 2000 on. */
function isDay(text: string): boolean {
  const midnight = new Date(`${text}T00:00:00Z`);
  return (
    /^2\d{3}-\d\d-\d\d$/.test(text) && !Number.isNaN(midnight.getTime()) && midnight.toISOString().startsWith(text)
  );
}

/** For reads that take nothing but the day. */
export const asOfQuery = z.strictObject({ as_of: asOfDay });
