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

export const page = { limit: wholeNumber(1, 500, 100), offset: wholeNumber(0, 100_000_000, 0) };
