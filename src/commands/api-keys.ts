import { join } from 'node:path';
import type { Config } from '../config.ts';
import { secretIn } from './secret-file.ts';

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
  const { secret, isNew } = await secretIn(file);
  return { keys: [secret], file, isNew };
}
