import type { User } from '../contract/access.ts';
import { AppError } from '../errors.ts';
import { isCommonPassword } from './common-passwords.ts';
import { undisguised } from './disguises.ts';

/** What long passwords are made of when nothing better comes to mind, and what anybody knows of this product. */
const WORDS = [
  'tutor tutoring tutors quality scoring score session sessions dashboard marketplace reschedule',
  'report reports admin administrator coach viewer user manager student password passwort passphrase',
  'pass secret login letmein welcome changeme change test qwertyuiop qwerty qwertz azerty asdfghjkl',
  'asdfgh zxcvbnm zxcvbn iloveyou sunshine princess football baseball superman dragon monkey master',
  'shadow hello company january february march april june july august september october november',
  'december spring summer autumn winter monday friday sunday the my is',
].flatMap((line) => line.split(' '));
/** What is left has to be made of so many different characters at least. */
const LEAST_LEFT = 5;

/**
 * Refuses a password that is among the commonest, and one of which hardly anything is left without the words that are
 * tried first: those above, the name and the address of the user, years and digits in a row, also where digits stand for
 * letters. Whether it was ever leaked is not asked.
 *
 * @throws AppError `invalid`
 */
export function expectHardToGuess(password: string, { name, email }: Pick<User, 'name' | 'email'>): void {
  if (isCommonPassword(password)) {
    throw new AppError('invalid', 'The password is easy to guess.', {
      new_password: 'must not be one of the commonest, with or without digits and signs around it',
    });
  }
  const own = `${name} ${email}`.toLowerCase().split(/[^\p{L}]+/u);
  const words = [...WORDS, ...own.filter((word) => word.length > 2)].sort((one, other) => other.length - one.length);
  const plain = password.normalize('NFKC').toLowerCase();
  const withoutDigits = plain.replace(/(19|20)\d\d/g, '').replace(/\d{3,}/g, '');
  const bare = words.reduce((left, word) => left.replaceAll(word, ''), undisguised(withoutDigits));
  if (new Set(bare.replace(/[\s\p{P}]/gu, '')).size >= LEAST_LEFT) return;
  throw new AppError('invalid', 'The password is easy to guess.', {
    new_password: 'must not be made of names, common words and rows of digits',
  });
}
