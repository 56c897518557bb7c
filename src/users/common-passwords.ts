import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { undisguised } from './disguises.ts';

/** In characters of 6 bits: by chance another text is found less often than once in a thousand million. */
const FINGERPRINT_LENGTH = 8;
/** A fingerprint a line, as `scripts/common-passwords.ts` writes them. */
const LIST = new URL('./common-passwords.txt', import.meta.url);
const FINGERPRINTS: ReadonlySet<string> = new Set(readFileSync(LIST, 'utf8').trimEnd().split('\n'));

/**
 * Whether a password is one of the commonest: also in capitals, with signs and digits before, behind and between its
 * letters, with digits for letters, or several times over.
 */
export function isCommonPassword(password: string): boolean {
  const plain = plainOf(password);
  const whole = [plain, coreOf(plain), once(plain), once(coreOf(plain)), coreOf(once(plain))];
  const forms = whole.flatMap((form) => [form, undisguised(form), form.replace(/[\s\p{P}\p{S}]/gu, '')]);
  return forms.some((form) => FINGERPRINTS.has(fingerprintOf(form)));
}

/** What stands for a password in the list, of which much is not fit to be read. */
export function fingerprintOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, FINGERPRINT_LENGTH);
}

export function plainOf(password: string): string {
  // What cannot be seen makes no other word.
  return password
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
    .toLowerCase();
}

/** From the first letter to the last. */
export function coreOf(plain: string): string {
  return plain.replace(/^\P{L}+|\P{L}+$/gu, '');
}

/** What a text repeats, or the text. */
function once(text: string): string {
  return /^(.+?)\1+$/su.exec(text)?.[1] ?? text;
}
