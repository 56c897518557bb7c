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
