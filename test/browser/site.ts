import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import type { Environment, Program, programs } from '../processes.ts';
import { adminOf } from './sign-in.ts';

/** The product as its user runs it, and what is needed to get in. */
export type Site = {
  address: string;
  dataDir: string;
  apiKey: string;
  email: string;
  password: string;
  program: Program;
};

type Programs = ReturnType<typeof programs>;

/** Starts everything in one go on a data directory: a new one, or one that was used before. */
export async function startSite(app: Programs, args: string[] = [], environment: Environment = {}): Promise<Site> {
  const dataDir = environment['DATA_DIR'] ?? (await app.newDir());
  const program = await app.start(['start', ...args], { LOG_LEVEL: 'warn', ...environment, DATA_DIR: dataDir });
  const address = await program.says(/runs at (http:\S+?)\/?\s/);
  const apiKey = (await readFile(join(dataDir, 'api-key'), 'utf8')).trim();
  return { address, dataDir, apiKey, ...(await adminOf(dataDir)), program };
}

/** Whatever a page complains of: errors on the console, broken rules of its content security, exceptions. */
export function complaintsOf(page: Page): string[] {
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  return complaints;
}
