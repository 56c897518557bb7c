import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { API_KEY, createTestApp, type TestApp } from '../../../test/app.ts';
import { isChromiumMissing, launchChromium } from '../../../test/chromium.ts';
import { movedSession } from '../../../test/factories.ts';

/** Puts an address into a frame of the page, in the way the dashboard shows a report. */
const frame = (url: string) => `(() => {
  const frame = document.createElement('iframe');
  frame.sandbox = 'allow-popups';
  frame.src = ${JSON.stringify(url)};
  document.body.append(frame);
  return new Promise((resolve) => frame.addEventListener('load', () => resolve(), { once: true }));
})()`;

describe.skipIf(isChromiumMissing)('the content security policy in a browser', () => {
  let browser: Browser;
  let api: TestApp;
  let address: string;
  beforeAll(async () => {
    browser = await launchChromium();
    api = await createTestApp();
    address = await api.app.listen({ port: 0, host: '127.0.0.1' });
  });
  afterAll(async () => {
    await browser.close();
    await api.close();
  });

  async function open(path: string): Promise<{ page: Page; refusals: string[] }> {
    const page = await browser.newPage({ extraHTTPHeaders: { 'x-api-key': API_KEY } });
    const refusals: string[] = [];
    page.on('console', (message) => {
      if (/Content.Security.Policy|Refused|X-Frame-Options/i.test(message.text())) refusals.push(message.text());
    });
    page.on('pageerror', (error) => refusals.push(error.message));
    await page.goto(`${address}${path}`);
    return { page, refusals };
  }

  it('lets the dashboard run', async () => {
    const { page, refusals } = await open('/sign-in');
    await page.locator('#root > *').first().waitFor();
    expect(refusals).toEqual([]);
    await page.close();
  });

  it('lets the documentation run', async () => {
    const { page, refusals } = await open('/api/docs');
    await page.locator('.opblock').first().waitFor();
    // Swagger UI writes one style into the page, which it can do without.
    expect(refusals.filter((words) => !words.startsWith('Applying inline style'))).toEqual([]);
    await page.close();
  });

  it('lets the dashboard frame a report, and nobody frame the dashboard', async () => {
    await api.send({ method: 'POST', url: '/api/sessions', payload: movedSession({ tutor: { name: 'Maria Lopez' } }) });
    await api.work();
    const { reports } = (await api.send({ url: '/api/reports' })).json();
    const { page, refusals } = await open('/sign-in');
    const url = `${address}/api/reports/${reports[0].id}?format=html`;
    await page.evaluate(frame(url));
    expect(await page.frame({ url })?.locator('body').innerText()).toContain('Maria Lopez');
    expect(refusals).toEqual([]);

    await page.evaluate(frame(`${address}/tutors`));
    await expect.poll(() => refusals.join()).toContain('frame-ancestors');
    await page.close();
  });
});
