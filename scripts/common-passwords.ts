import { readFile, writeFile } from 'node:fs/promises';
import { coreOf, fingerprintOf, plainOf } from '../src/users/common-passwords.ts';

const FILE = new URL('../src/users/common-passwords.txt', import.meta.url);
/** So many that are long enough to be chosen here, and so many of any length, whose letters are taken with digits. */
const LONG = 5_000;
const ANY = 15_000;
const LEAST_LENGTH = 12;
const LEAST_CORE_LENGTH = 4;

// Writes src/users/common-passwords.txt from a list of passwords, the commonest first, one a line.
const [list] = process.argv.slice(2);
if (list === undefined) {
  process.stderr.write('Usage: node scripts/common-passwords.ts LIST\n');
  process.exitCode = 2;
} else {
  const passwords = (await readFile(list, 'utf8')).split(/\r?\n/).map(plainOf);
  const long = passwords.filter((password) => password.length >= LEAST_LENGTH).slice(0, LONG);
  const cores = [...passwords.slice(0, ANY), ...long].map(coreOf).filter(({ length }) => length >= LEAST_CORE_LENGTH);
  const fingerprints = [...new Set([...long, ...cores].map(fingerprintOf))].sort();
  await writeFile(FILE, `${fingerprints.join('\n')}\n`);
  process.stdout.write(`${fingerprints.length} fingerprints, ${long.length} of passwords that are long enough\n`);
}
