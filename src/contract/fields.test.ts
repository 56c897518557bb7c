import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { email, oneOf, optionalText, personName, text, uuid } from './fields.ts';

/** What the field reads, or the first reason why it does not. */
function read(field: z.ZodType, value: unknown): unknown {
  const parsed = field.safeParse(value);
  return parsed.success ? parsed.data : { refused: parsed.error.issues[0]?.message };
}

describe('a uuid', () => {
  it.each([
    ['of version 4', '0b7e4c9a-5d1f-4a53-9a54-0f2f7d1c2b3a'],
    ['of version 1', '7d444840-9dc0-11d1-b245-5ffdce74fad2'],
    ['of version 7', '01890a5d-ac96-774b-bcce-b302099a8057'],
    ['of no version', '12345678-1234-0234-0234-123456789abc'],
    ['of all zeros', '00000000-0000-0000-0000-000000000000'],
    ['of all ones', 'ffffffff-ffff-ffff-ffff-ffffffffffff'],
  ])('%s is read', (_, id) => {
    expect(read(uuid, id)).toBe(id);
    expect(read(uuid, id.toUpperCase())).toBe(id);
  });

  it.each([
    '',
    'x',
    '0b7e4c9a5d1f4a539a540f2f7d1c2b3a',
    '{0b7e4c9a-5d1f-4a53-9a54-0f2f7d1c2b3a}',
    '0b7e4c9a-5d1f-4a53-9a54-0f2f7d1c2b3',
    '0b7e4c9a-5d1f-4a53-9a54-0f2f7d1c2b3ab',
    '0b7e4c9a-5d1f-4a53-9a54-0f2f7d1c2b3g',
    ' 0b7e4c9a-5d1f-4a53-9a54-0f2f7d1c2b3a',
    '0b7e4c9a-5d1f-4a53-9a54-0f2f7d1c2b3a\n',
    "0b7e4c9a-5d1f-4a53-9a54-0f2f7d1c2b3a'; drop table tutors",
    7,
    null,
  ])('is not %j', (value) => {
    expect(read(uuid, value)).toEqual({ refused: 'must be a UUID' });
  });
});

describe('a text', () => {
  const short = text(5);

  it.each(['a', 'Ñandú', ' a ', '12345', '<b>', "'; --", '👩‍🏫', '\u0001\t\n', 'e\u0301'])('may be %j', (value) => {
    expect(read(short, value)).toBe(value);
  });

  it('is as long as PostgreSQL counts it, by characters and not by halves of them', () => {
    expect(read(short, '𝄞𝄞𝄞𝄞𝄞')).toBe('𝄞𝄞𝄞𝄞𝄞');
    expect(read(short, '𝄞𝄞𝄞𝄞𝄞𝄞')).toEqual({ refused: 'must have at most 5 characters' });
    expect(read(short, '123456')).toEqual({ refused: 'must have at most 5 characters' });
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 8 }), (value) => {
        const isKept = Array.from(value).length <= 5 && /[^\p{Cf}\s]/u.test(value) && !value.includes('\u0000');
        expect(short.safeParse(value).success).toBe(isKept);
      }),
    );
  });

  it.each(['', ' ', '\t\n', '\u00a0\u3000', '\u200b', ' \u202e\u2066 '])('says something: %j does not', (value) => {
    expect(read(short, value)).toEqual({ refused: 'must not be empty' });
  });

  it.each(['a\u0000', '\u0000', '\ud800', 'a\udc00', '\udc00\ud800'])(
    'holds nothing that cannot be stored: %j',
    (value) => {
      expect(read(short, value)).toEqual({ refused: 'must not contain NUL or broken characters' });
    },
  );

  it.each([5, true, null, [], {}])('is not %j', (value) => {
    expect(read(short, value)).toEqual({ refused: 'must be text' });
  });

  it('is required', () => {
    expect(read(short, undefined)).toEqual({ refused: 'is required' });
  });

  it('may be empty where it is optional', () => {
    expect(read(optionalText(5), '')).toBe('');
    expect(read(optionalText(5), '  ')).toBe('  ');
    expect(read(optionalText(5), '123456')).toEqual({ refused: 'must have at most 5 characters' });
    expect(read(optionalText(5), '\u0000')).toEqual({ refused: 'must not contain NUL or broken characters' });
  });

  it('as a name has at most 255 characters', () => {
    expect(read(personName, '𝄞'.repeat(255))).toBe('𝄞'.repeat(255));
    expect(read(personName, '𝄞'.repeat(256))).toEqual({ refused: 'must have at most 255 characters' });
  });
});

describe('an email address', () => {
  const longest = `${'a'.repeat(64)}@${'b'.repeat(63)}.${'c'.repeat(63)}.${'d'.repeat(57)}.org`;

  it.each(['maria@example.com', 'Maria.Lopez+tutor@Example.co.uk', "o'neil@example.com", longest])(
    'may be %s',
    (value) => {
      expect(read(email, value)).toBe(value);
    },
  );

  it.each(['', 'maria', 'maria@', '@example.com', 'a@b@example.com', 'a b@example.com', 'a@example.com\n', 7, null])(
    'is not %j',
    (value) => {
      expect(read(email, value)).toEqual({ refused: 'must be an email address' });
    },
  );

  it('has at most the 254 characters that a mail server takes', () => {
    expect(longest).toHaveLength(254);
    expect(read(email, `x${longest}`)).not.toBe(`x${longest}`);
  });
});

describe('one of a few words', () => {
  const size = oneOf('small', 'large');

  it('is one of them, as written', () => {
    expect(read(size, 'small')).toBe('small');
    for (const other of ['Small', '', 'medium', 1, null, ['small']]) {
      expect(read(size, other)).toEqual({ refused: 'must be one of small, large' });
    }
    expect(read(size, undefined)).toEqual({ refused: 'is required' });
  });
});
