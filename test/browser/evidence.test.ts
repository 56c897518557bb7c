import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { isChromiumMissing, launchChromium } from '../chromium.ts';
import { getJson } from '../http.ts';
import { programs } from '../processes.ts';
import { settled } from './settled.ts';
import { signedInContext } from './sign-in.ts';
import { complaintsOf, type Site, startSite } from './site.ts';

const app = programs();

describe.skipIf(isChromiumMissing)('a person who asks why', () => {
  let site: Site;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let complaints: string[];

  beforeAll(async () => {
    [site, browser] = await Promise.all([startSite(app), launchChromium()]);
    context = await signedInContext(browser, site);
  });
  beforeEach(async () => {
    page = await context.newPage();
    complaints = complaintsOf(page);
  });
  afterEach(async () => {
    await page.close();
    if (complaints.length > 0) throw new Error(`the page complains: ${complaints.join('; ')}`);
  });
  afterAll(() => browser?.close());

  const open = async (path: string) => {
    await page.goto(site.address + path);
    await settled(page);
  };
  const pathNow = () => page.url().slice(site.address.length);

  it('goes from a move that counts to its row', async () => {
    await open('/tutors?evidence=confirmed');
    await page.getByRole('row').nth(1).getByRole('link').click();
    await page.getByRole('heading', { name: /moves that count$/ }).waitFor();
    const moves = page.getByRole('main').locator('li > a:has(time)');
    for (const move of [moves.first(), moves.last()]) {
      await move.click();
      const session = new URL(page.url()).searchParams.get('session');
      const row = page.locator('tr:focus');
      await row.filter({ hasText: await move.innerText() }).waitFor();
      expect(session).not.toBeNull();
    }
  });

  it('looks at a past day, finds everything as it was then, and comes back', async () => {
    await open('/');
    const day = new Date(Date.now() - 20 * 24 * 60 * 60 * 1000).toISOString().slice(0, 10);
    await page.getByLabel(/Choose a past day$/).click();
    await page.getByLabel('Show all as of the end of').fill(day);
    await page.getByRole('button', { name: 'Show this day' }).click();
    await page.getByText(/^Shown as of the end of/).waitFor();
    await page.getByRole('navigation', { name: 'Pages', exact: true }).getByRole('link', { name: 'Tutors' }).click();
    await page.getByRole('heading', { level: 1, name: 'Tutors' }).waitFor();
    await settled(page);
    expect(pathNow()).toBe(`/tutors?as_of=${day}`);
    const then = await getJson(site.address, `/api/tutors?evidence=confirmed&limit=1&as_of=${day}`, site.apiKey);
    await page.getByRole('link', { name: new RegExp(`^Confirmed ?${String(then['total'])}$`) }).waitFor();
    await page.getByRole('row').nth(1).getByRole('link').click();
    await page.getByRole('heading', { name: 'How sure were we?' }).waitFor();
    await page.getByText(/^Shown as of the end of/).waitFor();
    await page.getByRole('main').getByRole('link', { name: 'Back to now' }).click();
    await page.getByText(/^Shown as of the end of/).waitFor({ state: 'hidden' });
    expect(pathNow()).not.toContain('as_of');
  });
});
