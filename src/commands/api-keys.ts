import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '../config.ts';

export type ApiKeys = {
  keys: string[];
  /** Where the key lies that was made here; `null` when API_KEY gives it. */
  file: string | null;
  /** The key was made just now. */
  isNew: boolean;
};

/** The keys of API_KEY; without it a random one, made once and readable to the owner of DATA_DIR alone. */
export async function loadApiKeys(config: Config, dataDir: string): Promise<ApiKeys> {
  if (config.API_KEY.length > 0) return { keys: config.API_KEY, file: null, isNew: false };
  const file = join(dataDir, 'api-key');
  const isNew = await writeOnce(file, `${randomBytes(32).toString('base64url')}\n`);
  return { keys: [(await readFile(file, 'utf8')).trim()], file, isNew };
}

async function writeOnce(file: string, content: string): Promise<boolean> {
  try {
    await writeFile(file, content, { flag: 'wx', mode: 0o600 });
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}
