import { randomBytes } from 'node:crypto';
import { link, mkdir, readFile, unlink, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { AppError } from '../errors.ts';

export type SecretFile = {
  secret: string;
  /** It was made just now. */
  isNew: boolean;
};

/** A file that is empty or cut short must never be a secret that anybody can guess. */
const SHORTEST = 16;

/** 256 random bits that can be typed and pasted. */
export function randomSecret(): string {
  return randomBytes(32).toString('base64url');
}

/**
 * The secret that a file holds; one is made if there is no file, readable to its owner alone.
 *
 * @throws AppError when the file holds too little
 */
export async function secretIn(file: string, make: () => string = randomSecret): Promise<SecretFile> {
  const isNew = await writeSecret(file, make());
  const secret = (await readFile(file, 'utf8')).trim();
  if (secret.length >= SHORTEST) return { secret, isNew };
  throw new AppError(
    'unavailable',
    `${file} holds no secret of at least ${SHORTEST} characters. Delete it for a new one.`,
  );
}

/** Returns whether it was written; a file that is there stays. Linked into place: it is there whole, or not at all. */
async function writeSecret(file: string, secret: string): Promise<boolean> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const draft = `${file}.${randomBytes(6).toString('hex')}`;
  await writeFile(draft, `${secret}\n`, { mode: 0o600 });
  try {
    await link(draft, file);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  } finally {
    await unlink(draft);
  }
}
