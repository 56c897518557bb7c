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

/** From all over the first 3,000 passwords of 12 characters and more, in a list of ten million that were leaked. */
const COMMON = [
  '123qweasdzxc',
  'admin18533362',
  'q1w2e3r4t5y6u7i8',
  'ilovemyfamily',
  'qazwsx123456',
  'skateboarding',
  '123qwerty456',
  'scorpionking',
  'ghjcnjgfhjkm',
  '0K1o2V3a4L5e6V7',
  'v3ss4neeker1',
  'modernwarfare2',
  'Chesterfield',
  'zlodeivot88w3er',
  'thomasthomas',
  'splatterhouse',
  'rewqfdsavcxz',
  'marinanastua1313',
  'jktxrfjktxrf',
  'greedisgood1',
];
/** A common word of any length is not made a better one by what people add. */
const EXTENDED = [
  'Superman1234',
  'jennifer2020',
  '2024!Butterfly',
  'M@nch3ster2024',
  'Justin Bieber 94',
  'j.u.s.t.i.n.bieber',
  'SCORPIONKING!!',
  'charliecharliecharlie',
  'trustno1trustno1',
  'pass\u00adword1234',
  '***Elephant***',
];

it.each([...COMMON, ...EXTENDED])('%j is one of the commonest, or hardly another', (password) => {
  expect(check(password)).toThrow(
    expect.objectContaining({
      code: 'invalid',
      details: { new_password: 'must not be one of the commonest, with or without digits and signs around it' },
    }),
  );
});

it.each([
  'correct horse battery',
  'battery horse correct',
  'gjQ7-pLx2_vTz9',
  'die Katze frisst Spinat',
  'パスワードは猫が食べた魚',
  'my tutor plays the oboe',
  'elephants play the oboe',
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
