import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isolate, shorten, singleLine } from './clean-text.ts';

describe('a foreign value on one line', () => {
  it.each([
    ['Ann\r\nBcc: x@y.z', 'Ann Bcc: x@y.z'],
    ['  Ann \t Lee  ', 'Ann Lee'],
    ['Ann\u0000\u0007\u0085Lee', 'Ann Lee'],
    ['Ann\u2028Lee\u2029!', 'Ann Lee !'],
    ['\u202eeeL nnA\u202c', 'eeL nnA'],
    ['a\ud800b', 'a\ufffdb'],
    ['\u0000\u202e', ''],
    ['Zoë 学生 👩‍🏫', 'Zoë 学生 👩‍🏫'],
  ])('makes of %j %j', (value, expected) => {
    expect(singleLine(value)).toBe(expected);
  });

  it('never holds a control character', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (value) => {
        expect(singleLine(value)).not.toMatch(/[\p{Cc}\p{Cs}]/u);
      }),
    );
  });
});

describe('a shortened value', () => {
  it('has at most as many characters as asked for, and ends in an ellipsis when cut', () => {
    expect(shorten('Maria Lopez', 11)).toBe('Maria Lopez');
    expect(shorten('Maria Lopez', 7)).toBe('Maria…');
    expect(shorten('Maria Lopez', 8)).toBe('Maria L…');
  });

  it('never tears a character apart', () => {
    expect(shorten('👩‍🏫👩‍🏫👩‍🏫', 3)).toBe('👩‍🏫👩‍🏫👩‍🏫');
    expect(shorten('👩‍🏫👩‍🏫👩‍🏫', 2)).toBe('👩‍🏫…');
  });
});

describe('a name in plain text', () => {
  it('is isolated when it reads from right to left, so that it does not reorder the figures beside it', () => {
    expect(isolate('محمد 5')).toBe('\u2068محمد 5\u2069');
    expect(isolate('Maria')).toBe('Maria');
  });
});
