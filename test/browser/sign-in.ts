import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';

/** Where one signs in, and as whom. */
type Door = { address: string; email: string; password: string };

/** The user whom a new installation begins with. */
export async function adminOf(dataDir: string): Promise<{ email: string; password: string }> {
  const password = (await readFile(join(dataDir, 'admin-password'), 'utf8')).trim();
  return { email: 'admin@localhost', password };
}

/** Signs in as a person does. */
export async function signIn(page: Page, { address, email, password }: Door, path = '/'): Promise<void> {
  await page.goto(`${address}${path}`);
  await page.getByLabel('Email').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('navigation', { name: 'Pages', exact: true }).waitFor();
}

/** A browser that is signed in already: signing in takes a moment, on purpose, and only so many tries are taken. */
export async function signedInContext(browser: Browser, door: Door): Promise<BrowserContext> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  await signIn(page, door);
  await page.close();
  return context;
}
