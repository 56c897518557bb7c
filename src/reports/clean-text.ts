/**
 * A foreign value made fit for one line of a mail: no line breaks or control characters (a header cannot be
 * ended early), no invisible direction marks (a name cannot turn round the words after it), no broken surrogates.
 *
 * @example singleLine('Ann\r\nBcc: x@y.z') // 'Ann Bcc: x@y.z'
 */
export function singleLine(value: string): string {
  return value.toWellFormed().replace(DIRECTION_MARKS, '').replace(BREAKS, ' ').trim();
}

/** At most `length` visible characters, the last of them "…" when something was cut off. */
export function shorten(value: string, length: number): string {
  if (value.length <= length) return value;
  const characters = Array.from(SEGMENTER.segment(value), ({ segment }) => segment);
  if (characters.length <= length) return value;
  return `${characters
    .slice(0, length - 1)
    .join('')
    .trimEnd()}…`;
}

/**
 * For plain text, where no markup can keep a right-to-left name from reordering the digits beside it:
 * wraps such a name in Unicode isolates (U+2068, U+2069). Other names are left as they are.
 */
export function isolate(value: string): string {
  return RIGHT_TO_LEFT.test(value) ? `\u2068${value}\u2069` : value;
}

const DIRECTION_MARKS = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;
const BREAKS = /[\p{Cc}\p{Zl}\p{Zp}\s]+/gu;
const RIGHT_TO_LEFT = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;
const SEGMENTER = new Intl.Segmenter('en', { granularity: 'grapheme' });
