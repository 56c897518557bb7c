import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { isChromiumMissing, launchChromium } from '../chromium.ts';
import { getJson } from '../http.ts';
import { programs } from '../processes.ts';
import { violationsOf } from './accessibility.ts';
import { settled } from './settled.ts';
import { signedInContext } from './sign-in.ts';
import { complaintsOf, type Site, startSite } from './site.ts';

const PAGES = [
  'overview',
  'overview of a past day',
  'tutors',
  'tutor',
  'tutor on a past day',
  'funnel',
  'funnel selection',
  'threshold',
  'reports',
  'report',
  'account',
  'audit',
  'not found',
  'sign-in',
];
/** Without data these are another page once more. */
const SAME_WITHOUT_DATA = ['tutor on a past day', 'funnel selection', 'report', 'sign-in'];
const WIDTHS = [360, 768, 1440];
/** What is left of 1,280 pixels at 400 %. */
const ZOOMED_WIDTH = 320;
const HEIGHT = 900;

const app = programs();

describe.skipIf(isChromiumMissing).each([
  { content: 'demo data', isEmpty: false, pages: PAGES },
  { content: 'an empty database', isEmpty: true, pages: PAGES.filter((name) => !SAME_WITHOUT_DATA.includes(name)) },
])('every page, with $content', ({ isEmpty, pages }) => {
  let site: Site;
  let browser: Browser;
  let context: BrowserContext;
  /** One for all of them: a new one would start another process of the browser, and compile everything anew. */
  let tab: Page;
  let addresses: Record<string, string>;

  beforeAll(async () => {
    [site, browser] = await Promise.all([startSite(app, isEmpty ? ['--empty'] : []), launchChromium()]);
    context = await signedInContext(browser, site);
    tab = await context.newPage();
    const hasReports = async () =>
      expect(await getJson(site.address, '/api/reports?limit=1', site.apiKey)).not.toMatchObject({ total: 0 });
    if (!isEmpty) await vi.waitFor(hasReports, { timeout: 20_000 });
    addresses = await addressesOf(site);
  });
  afterAll(() => browser?.close());

  it.each(pages)('fits all widths and both themes, and is open to everybody: %s', async (name) => {
    const page = name === 'sign-in' ? await browser.newPage() : tab;
    const complaints = complaintsOf(page);
    await page.emulateMedia({ colorScheme: 'light' });
    await page.setViewportSize({ width: 1440, height: HEIGHT });
    await page.goto(`${site.address}${addresses[name]}`);
    await settled(page);
    expect(await violationsOf(page)).toEqual([]);
    expect(await tooWide(page)).toEqual([]);
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.setViewportSize({ width: 360, height: HEIGHT });
    await settled(page);
    // Without data there is no colour that is not on the page with them.
    expect(isEmpty ? [] : await violationsOf(page)).toEqual([]);
    expect(await page.getByRole('heading', { level: 1 }).count()).toBe(1);
    // The browser itself tells of an address that leads nowhere.
    const leadsNowhere = name === 'not found' || (isEmpty && name === 'tutor');
    const unexpected = complaints.filter((words) => !(leadsNowhere && words.includes('404')));
    expect(unexpected).toEqual([]);
    page.removeAllListeners();
  });
});

async function addressesOf({ address, apiKey }: Site): Promise<Record<string, string>> {
  const [tutorId, reportId] = await Promise.all([
    firstId(address, '/api/tutors?risk_status=high_risk&sort_by=total_sessions&limit=1', 'tutors', apiKey),
    firstId(address, '/api/reports?limit=1', 'reports', apiKey),
  ]);
  const pastDay = new Date(Date.now() - 20 * 24 * 60 * 60 * 1000).toISOString().slice(0, 10);
  return {
    overview: '/',
    tutors: '/tutors?columns=evidence,expected,rate,rate_7d,rate_30d,rate_90d,sessions,above,rule,active,updated',
    tutor: `/tutors/${tutorId}`,
    'overview of a past day': `/?as_of=${pastDay}`,
    'tutor on a past day': `/tutors/${tutorId}?as_of=${pastDay}`,
    funnel: '/funnel',
    'funnel selection': '/funnel?window_days=30&is_active=all&sessions_to=40&rate_from=10',
    threshold: '/threshold?risk_threshold=20&level=confirmed',
    reports: '/reports',
    report: `/reports?open=${reportId}`,
    account: '/account',
    audit: '/audit',
    'not found': '/nowhere',
    'sign-in': '/sign-in',
  };
}

/** The first of a list; of an empty one an id that nothing has. */
async function firstId(address: string, path: string, list: string, key: string): Promise<string> {
  const rows = (await getJson(address, path, key))[list];
  const row: unknown = Array.isArray(rows) ? rows[0] : undefined;
  return typeof row === 'object' && row !== null && 'id' in row ? String(row.id) : crypto.randomUUID();
}

/** The widths at which the page has to be scrolled sideways, and by how much. */
async function tooWide(page: Page): Promise<string[]> {
  const found: string[] = [];
  for (const width of [...WIDTHS, ZOOMED_WIDTH]) {
    await page.setViewportSize({ width, height: HEIGHT });
    // Drawings are made to measure once the browser tells of the new width.
    await page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))');
    const needed = await page.evaluate<number>('document.documentElement.scrollWidth');
    if (needed > width) found.push(`${needed} at ${width}`);
  }
  return found;
}
