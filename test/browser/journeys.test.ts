import { readFile } from 'node:fs/promises';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { isChromiumMissing, launchChromium } from '../chromium.ts';
import { completedSession, movedSession } from '../factories.ts';
import { getJson, postSession } from '../http.ts';
import { programs } from '../processes.ts';
import { settled } from './settled.ts';
import { signedInContext, signIn } from './sign-in.ts';
import { complaintsOf, type Site, startSite } from './site.ts';

const app = programs();

describe.skipIf(isChromiumMissing)('a person in operations', () => {
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
  const rowsOf = (name: string | RegExp) => page.getByRole('row').filter({ hasText: name });

  it('signs in, after a wrong password, and is on the page that was asked for', async () => {
    const stranger = await browser.newContext();
    const guest = await stranger.newPage();
    await guest.goto(`${site.address}/tutors?evidence=confirmed`);
    await guest.getByLabel('Email').fill(site.email);
    await guest.getByLabel('Password').fill('not the password');
    await guest.getByRole('button', { name: 'Sign in' }).click();
    await guest.getByRole('alert').waitFor();
    expect(await guest.getByLabel('Email').inputValue()).toBe(site.email);
    await guest.getByLabel('Password').fill(site.password);
    await guest.keyboard.press('Enter');
    await guest.getByRole('heading', { level: 1, name: 'Tutors' }).waitFor();
    expect(guest.url()).toBe(`${site.address}/tutors?evidence=confirmed`);
    await stranger.close();
  });

  it('finds a tutor by a name without its accents, with the keyboard alone, and reads why', async () => {
    const tutor = { name: 'Zoë Ångström', email: 'zoe@tutors.example' };
    const tutor_id = crypto.randomUUID();
    for (let move = 0; move < 4; move++)
      await postSession(site.address, movedSession({ tutor_id, tutor }), site.apiKey);
    await open('/tutors');
    await page.keyboard.press('/');
    await page.keyboard.type('zoe ang', { delay: 30 });
    await rowsOf(tutor.name).waitFor();
    expect(await page.evaluate<string>('document.activeElement.type')).toBe('search');
    expect(await page.getByRole('searchbox').inputValue()).toBe('zoe ang');
    await page.getByText('1–1 of 1').waitFor();
    await page.keyboard.press('Escape');
    expect(await page.getByRole('searchbox').inputValue()).toBe('');
    await page.goBack();
    await open('/tutors?search=zoe');
    await page.getByRole('heading', { level: 1 }).click();
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: tutor.name }).waitFor();
    await page.getByText('Confirmed', { exact: true }).first().waitFor();
    await page.getByText(/^Moved 4 of 4 sessions in 90 days: .* likely to be above 15 %\.$/).waitFor();
    expect(pathNow()).toBe(`/tutors/${tutor_id}`);
  });

  it('sees a posted session arrive, without asking for it', async () => {
    const tutor_id = crypto.randomUUID();
    const tutor = { name: 'Arrival Watcher' };
    await postSession(site.address, completedSession({ tutor_id, tutor }), site.apiKey);
    await open('/tutors?search=arrival');
    await rowsOf('0 of 1').waitFor();
    // Polling alone would take up to half a minute; the wait ends before.
    await postSession(site.address, movedSession({ tutor_id, tutor }), site.apiKey);
    await rowsOf('1 of 2').waitFor({ timeout: 20_000 });
  });

  it('keeps search, filter, sort and window in the address, through reload and back', async () => {
    await open('/tutors');
    await page.getByRole('link', { name: /^Confirmed/ }).click();
    await page.getByRole('link', { name: 'Sessions' }).click();
    await page.getByRole('link', { name: /^90 days/ }).click();
    await page.waitForURL(/window_days=90/);
    await settled(page);
    const firstRow = () => page.getByRole('row').nth(1).innerText();
    const [address, before] = [page.url(), await firstRow()];
    expect(address).toContain('evidence=confirmed');
    expect(address).toContain('sort_by=total_sessions');
    await page.reload();
    await settled(page);
    expect(await firstRow()).toBe(before);
    await page.getByRole('row').nth(1).getByRole('link').click();
    await page.waitForURL(/\/tutors\/[0-9a-f-]{36}/);
    await page.goBack();
    await settled(page);
    expect(page.url()).toBe(address);
    expect(await firstRow()).toBe(before);
  });

  it('follows a bar of the overview to just the tutors that it counts', async () => {
    await open('/');
    const bar = page.getByRole('link', { name: /^\d+ tutors from 30 to 35 %/ });
    const counted = Number.parseInt((await bar.getAttribute('aria-label')) ?? '', 10);
    await bar.click();
    await page.getByRole('heading', { level: 1, name: 'Tutors' }).waitFor();
    await settled(page);
    await page.getByText(`1–${counted} of ${counted}`).waitFor();
    expect(pathNow()).toMatch(/^\/tutors\?rate_from=30&rate_below=35/);
  });

  it('sees the pictures of a tutor, and reads their figures as tables', async () => {
    await open('/tutors?evidence=confirmed&sort_by=total_sessions');
    await page.getByRole('row').nth(1).getByRole('link').click();
    for (const title of [
      'How high is the rate really?',
      'How has the rate moved?',
      'How sure were we?',
      'Week by week',
    ]) {
      const chart = page.getByRole('figure', { name: title });
      await chart.locator('svg path, svg rect').first().waitFor();
      await chart.getByRole('button', { name: 'Show as table' }).click();
      await chart.getByRole('table').first().waitFor();
    }
  });

  it('reads times in their own zone, which is named, and in UTC', async () => {
    const elsewhere = await browser.newContext({
      timezoneId: 'Pacific/Kiritimati',
      storageState: await context.storageState(),
    });
    const far = await elsewhere.newPage();
    await far.goto(`${site.address}/reports`);
    await far.getByText('Times are in Pacific/Kiritimati; days and weeks are those of UTC.').waitFor();
    const time = far.getByRole('row').nth(1).locator('time').last();
    const at = new Date((await time.getAttribute('datetime')) ?? '');
    const hourThere = String((at.getUTCHours() + 14) % 24).padStart(2, '0');
    expect(await time.innerText()).toContain(`${hourThere}:`);
    expect(await time.getAttribute('title')).toContain(`${at.toISOString().slice(0, 19).replace('T', ' ')} UTC`);
    await elsewhere.close();
  });

  it('has all that chooses tutors in one line, where the page is as wide as it gets', async () => {
    await open('/tutors');
    const middleOf = async (control: Locator) => {
      const box = await control.boundingBox();
      return box === null ? null : Math.round(box.y + box.height / 2);
    };
    const first = await middleOf(page.getByRole('searchbox'));
    expect(first).not.toBeNull();
    expect(await middleOf(page.getByRole('link', { name: 'CSV' }))).toBe(first);
  });

  it('takes the list along as CSV: what is on screen, with all pages', async () => {
    await open('/tutors?risk_status=low_risk&sort_by=name&sort_order=asc&columns=rate,sessions');
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'CSV' }).click(),
    ]);
    const [head, ...lines] = (await readFile(await download.path(), 'utf8')).trimEnd().split('\r\n');
    const { tutors, total } = await getJson(
      site.address,
      '/api/tutors?risk_status=low_risk&sort_by=name&sort_order=asc&limit=500',
      site.apiKey,
    );
    expect(head).toContain('reschedule_rate_30d');
    expect(head).not.toContain('is_high_risk');
    expect(lines.length).toBe(total);
    const ids = Array.isArray(tutors) ? tutors.map((tutor: { id: string }) => tutor.id) : [];
    expect(lines.map((line) => line.split(',')[0])).toEqual(ids);
  });

  it('reads a mail and has it sent again', async () => {
    await postSession(site.address, movedSession({ tutor: { name: 'Mail Reader' } }), site.apiKey);
    await open('/reports');
    await rowsOf('Mail Reader').filter({ hasText: 'Sent' }).waitFor();
    await rowsOf('Mail Reader')
      .getByRole('link', { name: /^Read the report/ })
      .click();
    const dialog = page.getByRole('dialog');
    await dialog.waitFor();
    await page.frameLocator('iframe').getByText('Mail Reader').first().waitFor();
    expect(await page.locator('iframe').getAttribute('sandbox')).not.toContain('allow-scripts');
    await dialog.getByRole('button', { name: 'Send again' }).click();
    await dialog.getByText(/^(Will be sent|Sent) again/).waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    expect(pathNow()).toBe('/reports');
  });

  it('has the lists on a phone, a few lines a row', async () => {
    await page.setViewportSize({ width: 360, height: 900 });
    await open('/reports?status=sent');
    expect(await linesOf(page.getByRole('row').nth(1))).toBe(3);
    await open('/tutors?evidence=confirmed&sort_by=total_sessions');
    await page.getByRole('row').nth(1).getByRole('link').click();
    await page.getByRole('heading', { level: 2, name: 'Reschedules' }).waitFor();
    await settled(page);
    expect(await linesOf(page.getByRole('navigation', { name: 'Period' }))).toBe(1);
    const moved = page.getByRole('table', { name: /^Reschedules/ }).getByRole('row');
    expect(await linesOf(moved.nth(1))).toBe(4);
  });

  it('signs out, and nothing is left to be seen', async () => {
    const own = await browser.newContext();
    const leaving = await own.newPage();
    await signIn(leaving, site, '/tutors');
    await leaving.getByRole('row').nth(1).waitFor();
    await leaving.getByLabel('Account of Admin').click();
    await leaving.getByRole('button', { name: 'Sign out' }).click();
    await leaving.getByRole('button', { name: 'Sign in' }).waitFor();
    await leaving.goBack();
    await leaving.getByRole('button', { name: 'Sign in' }).waitFor();
    expect(await leaving.getByRole('row').count()).toBe(0);
    expect(await own.cookies()).toEqual([]);
    await own.close();
  });
});

/** How many of its parts stand below each other. */
async function linesOf(block: Locator): Promise<number> {
  await block.waitFor();
  const parts = await block.locator('> *').all();
  const boxes = (await Promise.all(parts.map((part) => part.boundingBox()))).filter((box) => box !== null);
  const drawn = boxes.filter(({ height }) => height > 0).sort((one, other) => one.y - other.y);
  let [lines, bottom] = [0, 0];
  for (const { y, height } of drawn) {
    if (y >= bottom) lines += 1;
    bottom = Math.max(bottom, y + height);
  }
  return lines;
}
