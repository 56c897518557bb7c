import { z } from 'zod';

/** A whole number in a query string; `fallback` when it is absent. */
export function wholeNumber(least: number, most: number, fallback: number) {
  const rule = `must be a whole number from ${least} to ${most}`;
  return z
    .string(rule)
    .regex(/^\d{1,9}$/, rule)
    .transform(Number)
    .refine((value) => value >= least && value <= most, rule)
    .default(fallback)
    .meta({ type: 'integer', minimum: least, maximum: most, default: fallback });
}

/** One of a few words in a query string; `fallback` when it is absent. */
export function oneOf<const Words extends readonly [string, ...string[]]>(words: Words, fallback: Words[number]) {
  return z.enum(words).default(fallback as never);
}

export const page = { limit: wholeNumber(1, 500, 100), offset: wholeNumber(0, 100_000_000, 0) };
