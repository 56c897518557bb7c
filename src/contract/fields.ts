import { z } from 'zod';

/** What a field says that is not of its type: that it is missing, or its rule. */
export function rule(words: string) {
  return { error: ({ input }: { input?: unknown }) => (input === undefined ? 'is required' : words) };
}

/** An object with these fields and no others. */
export function object<Shape extends z.core.$ZodShape>(shape: Shape) {
  return z.strictObject(shape, rule('must be an object'));
}

/** One of a few words. */
export function oneOf<const Words extends readonly [string, ...string[]]>(...words: Words) {
  return z.enum(words, rule(`must be one of ${words.join(', ')}`));
}

/** Any 8-4-4-4-12 hexadecimal id, whatever its RFC version; lower case, as the database gives it back. */
export const uuid = z
  .guid(rule('must be a UUID'))
  .meta({ format: 'uuid', example: '0b7e4c9a-5d1f-4a53-9a54-0f2f7d1c2b3a' })
  .transform((id) => id.toLowerCase());

/**
 * Text of 1 to `most` characters that says something and that the database can keep: no NUL, no half of a
 * surrogate pair. Characters are counted as PostgreSQL counts them.
 */
export function text(most: number) {
  return optionalText(most).refine((value) => /[^\p{Cf}\s]/u.test(value), 'must not be empty');
}

/** As `text`, but may be empty. */
export function optionalText(most: number) {
  return z
    .string(rule('must be text'))
    .refine((value) => !value.includes('\u0000') && value.isWellFormed(), 'must not contain NUL or broken characters')
    .refine((value) => value.length <= most || Array.from(value).length <= most, `must have at most ${most} characters`)
    .meta({ maxLength: most });
}

export const personName = text(255).meta({ maxLength: 255, example: 'Maria Lopez' });

export const email = z
  .email(rule('must be an email address'))
  .max(254, 'must have at most 254 characters')
  .meta({ format: 'email', example: 'maria@example.com' });
