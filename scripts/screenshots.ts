import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Browser } from 'playwright-core';
import { z } from 'zod';
import { type BenchServer, startServer } from '../bench/server.ts';
import { launchChromium } from '../test/chromium.ts';

/** Takes the README's pictures anew, from the product itself with its demo data: node scripts/screenshots.ts */
const IMAGES = join(import.meta.dirname, '..', 'docs', 'images');
/** A rate that rests on fewer sessions makes a poor example. */
const ENOUGH_SESSIONS = 20;
const POLL_MS = 200;

const reportList = z.object({ reports: z.array(z.object({ id: z.string(), tutor_id: z.string() })), total: z.int() });
const tutorList = z.object({ tutors: z.array(z.object({ id: z.string(), total_sessions_30d: z.int() })) });

const server = await startServer({}, []);
const browser = await launchChromium();
try {
  await picture(browser, `/api/reports/${await reportOfHighRisk(server)}`, 'report.png', { width: 800, height: 1150 });
  await picture(browser, '/api/docs', 'api-docs.png', { width: 1200, height: 900 });
} finally {
  await browser.close();
  await server.stop();
}

/** The report of a move by a tutor who is high risk on many sessions, once all reports are made. */
async function reportOfHighRisk({ url, apiKey }: BenchServer): Promise<string> {
  const get = (path: string) => fetch(url + path, { headers: { 'x-api-key': apiKey } });
  const reports = async (query: string) => reportList.parse(await (await get(`/api/reports?${query}`)).json());

  while ((await reports('status=sent&limit=1')).total === 0) await wait(POLL_MS);
  while ((await reports('status=pending&limit=1')).total > 0) await wait(POLL_MS);
  const { tutors } = tutorList.parse(await (await get('/api/tutors?risk_status=high_risk&limit=500')).json());
  for (const tutor of tutors.filter(({ total_sessions_30d }) => total_sessions_30d >= ENOUGH_SESSIONS).toReversed()) {
    for (const { id } of (await reports(`tutor_id=${tutor.id}`)).reports) {
      const words = await (await get(`/api/reports/${id}?format=text`)).text();
      if (words.includes('Moved by the tutor')) return id;
    }
  }
  throw new Error('no tutor of high risk moved a session lately');
}

async function picture(on: Browser, path: string, file: string, viewport: { width: number; height: number }) {
  const page = await on.newPage({ viewport, extraHTTPHeaders: { 'x-api-key': server.apiKey } });
  await page.goto(server.url + path, { waitUntil: 'networkidle' });
  await page.screenshot({ path: join(IMAGES, file) });
  await page.close();
}
