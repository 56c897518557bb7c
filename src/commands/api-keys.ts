import { randomBytes } from 'node:crypto';
import { link, mkdir, readFile, unlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Config } from '../config.ts';
import { AppError } from '../errors.ts';

export type ApiKeys = {
  keys: string[];
  /** Where the key lies that was made here; `null` when API_KEY gives it. */
  file: string | null;
  /** The key was made just now. */
  isNew: boolean;
};

const SHORTEST_KEY = 16;

/** The keys of API_KEY; without it a random one, made once and readable to the owner of DATA_DIR alone. */
export async function loadApiKeys(config: Config, dataDir: string): Promise<ApiKeys> {
  if (config.API_KEY.length > 0) return { keys: config.API_KEY, file: null, isNew: false };
  const file = join(dataDir, 'api-key');
  const isNew = await makeKey(file);
  const key = (await readFile(file, 'utf8')).trim();
  // A file that is empty or cut short must never be a key that anybody has.
  if (key.length >= SHORTEST_KEY) return { keys: [key], file, isNew };
  throw new AppError(
    'unavailable',
    `${file} holds no key of at least ${SHORTEST_KEY} characters. Delete it for a new one.`,
  );
}

/** Returns whether it made one. Written aside and linked into place: the file is there whole, or not at all. */
async function makeKey(file: string): Promise<boolean> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const draft = `${file}.${randomBytes(6).toString('hex')}`;
  await writeFile(draft, `${randomBytes(32).toString('base64url')}\n`, { mode: 0o600 });
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
