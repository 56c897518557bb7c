import { argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { verifyPassword } from 'better-auth/crypto';

type Cost = { memory: number; passes: number; parallelism: number };

/** In KiB: what OWASP's cheat sheet on storing passwords asks for at least, for Argon2id. */
const COST: Cost = { memory: 19_456, passes: 2, parallelism: 1 };
const SALT_BYTES = 16;
const KEY_BYTES = 32;
/** The PHC string format: algorithm, version, cost, salt and key, both in base64 without padding. */
const ARGON2 = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([\w+/]+)\$([\w+/]+)$/;
/** As better-auth stores scrypt: salt and key in hexadecimal digits. It says nothing of the cost. */
const SCRYPT = /^[0-9a-f]{32}:[0-9a-f]{128}$/;

/** Of no password: what is compared with where there is nothing to compare with, so that it takes as long. */
export const DECOYS = {
  argon2: phc(COST, Buffer.alloc(SALT_BYTES), Buffer.alloc(KEY_BYTES)),
  scrypt: `${'0'.repeat(32)}:${'0'.repeat(128)}`,
};

/**
 * Argon2id of the password in NFKC, as a PHC string: it says itself how it was made. Works on the thread pool of Node, so
 * that no more than four (UV_THREADPOOL_SIZE) take their 19 MiB at a time; the others wait.
 */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  return phc(COST, salt, await derive(password, salt, KEY_BYTES, COST));
}

/**
 * Whether a password is the one of a hash: of Argon2id at any cost, or scrypt as better-auth makes it.
 *
 * @throws Error when the hash is neither
 */
export async function isPasswordOf(hash: string, password: string): Promise<boolean> {
  if (isScrypt(hash)) return verifyPassword({ hash, password });
  const [, memory, passes, parallelism, salt, key] = ARGON2.exec(hash) ?? [];
  if (salt === undefined || key === undefined) throw new Error('A stored password is neither Argon2id nor scrypt.');
  const expected = Buffer.from(key, 'base64');
  const cost = { memory: Number(memory), passes: Number(passes), parallelism: Number(parallelism) };
  return timingSafeEqual(expected, await derive(password, Buffer.from(salt, 'base64'), expected.length, cost));
}

export function isScrypt(hash: string): boolean {
  return SCRYPT.test(hash);
}

/** Whether a password that is right should be hashed anew: by another algorithm, or at another cost. */
export function isOutdated(hash: string): boolean {
  return !hash.startsWith(prefix(COST));
}

const run = promisify(argon2);

function derive(password: string, nonce: Buffer, tagLength: number, cost: Cost): Promise<Buffer> {
  return run('argon2id', { message: password.normalize('NFKC'), nonce, tagLength, ...cost });
}

function phc(cost: Cost, salt: Buffer, key: Buffer): string {
  return `${prefix(cost)}${base64(salt)}$${base64(key)}`;
}

function prefix({ memory, passes, parallelism }: Cost): string {
  return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$`;
}

function base64(bytes: Buffer): string {
  return bytes.toString('base64').replaceAll('=', '');
}
