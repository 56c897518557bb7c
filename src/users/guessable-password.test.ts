import fc from 'fast-check';
import { expect, it } from 'vitest';
import { expectHardToGuess } from './guessable-password.ts';

const USER = { name: 'Maria Lopez', email: 'm.lopez@brightminds.example' };
const check = (password: string) => () => expectHardToGuess(password, USER);

it.each([
  'tutorquality',
  'Tutor Quality 2026!',
  'TutorQuality123!',
  'Password1234',
  'P@ssw0rd2026!!',
  'qwertyuiop123',
  'passwordpassword',
  '123456789012',
  'aaaaaaaaaaaa',
  'ababababababab',
  'letmein-welcome-2025',
  'Maria.Lopez.1984',
  'brightminds2026',
  'L0pezM4ria!!',
  '            ',
])('%j is easy to guess', (password) => {
  expect(check(password)).toThrow('The password is easy to guess.');
});

it.each([
  'correct horse battery',
  'battery horse correct',
  'gjQ7-pLx2_vTz9',
  'die Katze frisst Spinat',
  'パスワードは猫が食べた魚',
  'my tutor plays the oboe',
])('%j is not', (password) => {
  expect(check(password)).not.toThrow();
});

it('lets pass what chance makes', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 24, maxLength: 24 }), (bytes) => {
      fc.pre(new Set(bytes).size > 16);
      expect(check(Buffer.from(bytes).toString('base64url'))).not.toThrow();
    }),
    { numRuns: 200 },
  );
});

it('says which field is wrong, and never the password', () => {
  const refused = () => expectHardToGuess('Maria.Lopez.1984', USER);
  expect(refused).toThrow(expect.objectContaining({ code: 'invalid', details: { new_password: expect.any(String) } }));
  expect(refused).not.toThrow(/1984/);
});
