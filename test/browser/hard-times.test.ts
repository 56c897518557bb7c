import type { Browser, BrowserContext, Page, Route } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { isChromiumMissing, launchChromium } from '../chromium.ts';
import { completedSession, movedSession } from '../factories.ts';
import { getJson, postSession } from '../http.ts';
import { programs } from '../processes.ts';
import { violationsOf } from './accessibility.ts';
import { settled } from './settled.ts';
import { signedInContext, signIn } from './sign-in.ts';
import { type Site, startSite } from './site.ts';

const app = programs();
const TUTOR = { name: 'Hard Times' };
const tutor_id = crypto.randomUUID();

describe.skipIf(isChromiumMissing)('the dashboard, when things go wrong', () => {
  let site: Site;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;

  beforeAll(async () => {
    [site, browser] = await Promise.all([startSite(app, ['--empty']), launchChromium()]);
    await postSession(site.address, completedSession({ tutor_id, tutor: TUTOR }), site.apiKey);
    context = await signedInContext(browser, site);
    // What a page shows when all goes well is there before things go wrong: a worker leaves the processor to others.
    const isShown = async () =>
      expect(JSON.stringify(await getJson(site.address, '/api/overview', site.apiKey))).toContain(TUTOR.name);
    await vi.waitFor(isShown, { timeout: 60_000, interval: 200 });
  });
  beforeEach(async () => {
    page = await context.newPage();
    return () => page.close();
  });
  afterAll(() => browser?.close());

  const PAGES = { overview: '/', tutors: '/tutors', tutor: `/tutors/${tutor_id}`, reports: '/reports' };
  const DATA = /\/api\/(overview|tutors|reports)/;

  it.each(Object.entries(PAGES))(
    'says on the page %s that it loads, and then that it could not, and tries again',
    async (_name, path) => {
      const waiting: Route[] = [];
      let way: 'slow' | 'broken' | 'well' = 'slow';
      const breakDown = (route: Route) => route.fulfill({ status: 500, body: 'a proxy on the way' });
      await page.route(DATA, async (route) => {
        if (way === 'slow') waiting.push(route);
        else await (way === 'broken' ? breakDown(route) : route.continue());
      });
      await page.goto(site.address + path);
      await page.getByRole('status').filter({ hasText: 'Loading' }).first().waitFor({ state: 'attached' });
      expect(await violationsOf(page)).toEqual([]);

      way = 'broken';
      await Promise.all(waiting.map(breakDown));
      await page.getByRole('alert').filter({ hasText: 'could not be loaded' }).first().waitFor();
      expect(await page.locator('main').innerText()).not.toMatch(/not found|no such/i);
      expect(await violationsOf(page)).toEqual([]);

      way = 'well';
      await page.getByRole('button', { name: 'Try again' }).first().click();
      await page.getByText(TUTOR.name).first().waitFor();
    },
  );

  it('keeps what it shows when the server goes, warns, and goes on when it is back', async () => {
    await page.goto(`${site.address}/tutors`);
    await page.getByText(/^as of \d\d:\d\d/).waitFor();
    await page.getByRole('row').filter({ hasText: '0 of 1' }).waitFor();
    await site.program.stop('SIGTERM');
    await page.getByText('Connection lost').waitFor({ timeout: 45_000 });
    await page.getByText(/data from \d\d:\d\d/).waitFor();
    expect(await page.getByRole('row').filter({ hasText: TUTOR.name }).count()).toBe(1);

    const port = new URL(site.address).port;
    site = await startSite(app, ['--empty'], { DATA_DIR: site.dataDir, PORT: port });
    await postSession(site.address, movedSession({ tutor_id, tutor: TUTOR }), site.apiKey);
    await page.getByRole('row').filter({ hasText: '1 of 2' }).waitFor({ timeout: 45_000 });
    await page.getByText('Connection lost').waitFor({ state: 'detached' });
  }, 120_000);

  it('hears of changes again when the stream of them was refused for a moment', async () => {
    let refusals = 0;
    await page.route('**/api/events', async (route) => {
      refusals += 1;
      if (refusals === 1) await route.fulfill({ status: 503, body: 'a proxy on the way' });
      else await route.continue();
    });
    await page.goto(`${site.address}/tutors`);
    await page.getByText('every 30 s').waitFor();
    await page.getByText('live').waitFor({ timeout: 20_000 });
    expect(refusals).toBe(2);
  });

  it('shows what is new although more is new before the answer is there', async () => {
    await page.goto(`${site.address}/tutors?search=steady`);
    await page.getByText('live').waitFor();
    await page.route(DATA, async (route) => {
      const answer = await route.fetch();
      // Longer than the pause between two looks.
      setTimeout(() => void route.fulfill({ response: answer }).catch(() => {}), 600);
    });
    const steady = { tutor_id: crypto.randomUUID(), tutor: { name: 'Steady Stream' } };
    const arrival = page.getByText('Steady Stream').first();
    let posted = 0;
    while ((await arrival.count()) === 0 && posted < 500) {
      await postSession(site.address, completedSession(steady), site.apiKey);
      posted += 1;
    }
    expect(posted).toBeLessThan(500);
  });

  it('opens in as many tabs as one likes', async () => {
    const tabs: Page[] = [];
    for (let tab = 0; tab < 9; tab += 1) {
      const next = await context.newPage();
      tabs.push(next);
      await next.goto(`${site.address}/tutors`);
      await next.getByText('live').waitFor();
    }
    const arrival = { tutor_id: crypto.randomUUID(), tutor: { name: 'Seen Everywhere' } };
    await postSession(site.address, completedSession(arrival), site.apiKey);
    for (const tab of tabs) await tab.getByText('Seen Everywhere').waitFor();
    await Promise.all(tabs.map((tab) => tab.close()));
  });

  it('lets a viewer look, and nothing more', async () => {
    const made = await app.run(['user', 'add', 'viewer@example.com', '--name', 'Vera', '--role', 'viewer'], {
      DATA_DIR: site.dataDir,
    });
    const viewer = { ...site, email: 'viewer@example.com', password: made.stdout.trim() };
    const own = await browser.newContext();
    const look = await own.newPage();
    await signIn(look, viewer, '/reports');
    await look
      .getByRole('link', { name: /^Read the report/ })
      .first()
      .click();
    await look.getByRole('dialog').getByText('Coaches and admins can send it again').waitFor();
    expect(await look.getByRole('button', { name: 'Send again' }).count()).toBe(0);
    const { reports } = await getJson(site.address, '/api/reports?limit=1', site.apiKey);
    const [{ id }] = Array.isArray(reports) ? reports : [{ id: 'none' }];
    const headers = { origin: site.address };
    const answer = await own.request.post(`${site.address}/api/reports/${id}/resend`, { headers });
    expect([answer.status(), (await answer.json()).error]).toEqual([403, 'forbidden']);

    // Another password ends the session that every copy of the cookie stands for, and goes on with a new one.
    const before = await own.cookies();
    await look.goto(`${site.address}/account`);
    await look.getByLabel('Current password').fill(viewer.password);
    await look.getByLabel('New password', { exact: false }).first().fill('a better password');
    await look.getByLabel('New password again').fill('a better password');
    await look.getByRole('button', { name: 'Change password' }).click();
    await look.getByRole('status').filter({ hasText: 'signed out' }).waitFor();
    await look.goto(`${site.address}/tutors`);
    await look.getByRole('heading', { level: 1, name: 'Tutors' }).waitFor();
    const stolen = await browser.newContext();
    await stolen.addCookies(before);
    expect((await stolen.request.get(`${site.address}/api/tutors`)).status()).toBe(401);
    await stolen.close();

    // Shut out at once: the next look leads to the door.
    await app.run(['user', 'disable', 'viewer@example.com'], { DATA_DIR: site.dataDir });
    await look.goto(`${site.address}/tutors`);
    await look.getByRole('button', { name: 'Sign in' }).waitFor();
    await own.close();
  });

  it('moves nothing for those who asked for no motion, and prints without its frame', async () => {
    await page.goto(`${site.address}/tutors?search=mover`);
    await page.getByText('live').waitFor();
    const mover = { tutor_id: crypto.randomUUID(), tutor: { name: 'Mover' } };
    const row = page.getByRole('row').filter({ hasText: 'Mover' });
    const motionAfter = async (sessions: number) => {
      await postSession(site.address, completedSession(mover), site.apiKey);
      await row.filter({ hasText: `0 of ${sessions}` }).waitFor();
      return page.evaluate<string>(`getComputedStyle(document.querySelector('tbody tr')).animationName`);
    };
    await motionAfter(1);
    expect(await motionAfter(2)).toContain('changed');
    await page.emulateMedia({ reducedMotion: 'reduce' });
    expect(await motionAfter(3)).toBe('none');
    await page.goto(site.address);
    await settled(page);
    await page.emulateMedia({ media: 'print' });
    expect(await page.getByRole('banner').isVisible()).toBe(false);
    expect(await page.getByRole('heading', { level: 1 }).isVisible()).toBe(true);
  });

  it('tells what is chosen where the colours are the reader’s own', async () => {
    await page.emulateMedia({ forcedColors: 'active' });
    await page.goto(`${site.address}/tutors`);
    await settled(page);
    const looks = (selector: string) =>
      page.evaluate<string>(`(({ backgroundColor, borderBottomColor, borderBottomWidth }) =>
        [backgroundColor, borderBottomColor, borderBottomWidth].join())(getComputedStyle(document.querySelector('${selector}')))`);
    const tiers = 'nav[aria-label="Evidence"] a';
    expect(await looks(`${tiers}[aria-current="true"]`)).not.toBe(await looks(`${tiers}:not([aria-current="true"])`));
    const pages = 'nav[aria-label="Pages"] a';
    expect(await looks(`${pages}[aria-current="page"]`)).not.toBe(await looks(`${pages}:not([aria-current="page"])`));
  });

  it('hands no key and no secret to the browser', async () => {
    const served: string[] = [];
    page.on('response', async (response) => {
      if (response.url().includes('/assets/')) served.push(await response.text());
    });
    for (const path of Object.values(PAGES)) {
      await page.goto(site.address + path);
      await settled(page);
    }
    expect(served.length).toBeGreaterThan(4);
    for (const secret of [site.apiKey, site.password]) expect(served.join('')).not.toContain(secret);
    expect(await page.evaluate<string>('document.cookie')).toBe('');
  });
});
