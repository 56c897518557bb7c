import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { Environment, Program, programs } from '../processes.ts';

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
  const [apiKey, password] = await Promise.all(['api-key', 'admin-password'].map((file) => secretIn(dataDir, file)));
  if (apiKey === undefined || password === undefined) throw new Error('no key, or no password');
  return { address, dataDir, apiKey, email: 'admin@localhost', password, program };
}

async function secretIn(dataDir: string, file: string): Promise<string> {
  return (await readFile(join(dataDir, file), 'utf8')).trim();
}

/** Signs in as a person does. */
export async function signIn(page: Page, { address, email, password }: Site, path = '/'): Promise<void> {
  await page.goto(`${address}${path}`);
  await page.getByLabel('Email').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('navigation', { name: 'Pages', exact: true }).waitFor();
}

/** A browser that is signed in already: signing in takes a moment, on purpose, and only so many tries are taken. */
export async function signedInContext(browser: Browser, site: Site): Promise<BrowserContext> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  await signIn(page, site);
  await page.close();
  return context;
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
