import { setTimeout as wait } from 'node:timers/promises';
import type { BrowserContext } from 'playwright-core';
import { z } from 'zod';
import { settled } from '../test/browser/settled.ts';
import { adminOf, signedInContext } from '../test/browser/sign-in.ts';
import { launchChromium } from '../test/chromium.ts';
import { movedSession } from '../test/factories.ts';
import { postSession } from '../test/http.ts';
import { type BenchServer, percentile, runCommand, startServer } from './server.ts';

/**
 * How long a person waits for the dashboard with 10,000 tutors, in Chromium on this machine, and how long a posted
 * session takes to the screen: node bench/dashboard.ts
 */
const TUTORS = 10_000;
const SESSIONS = 300_000;
const LOADS = 7;
const ARRIVALS = 20;
const POLL_MS = 500;

const overview = z.object({
  waiting: z.object({ tutors: z.int() }),
  reports: z.object({ pending: z.int(), sending: z.int() }),
});

const LARGEST_PAINT = `new Promise((resolve) => {
  new PerformanceObserver((list) => resolve(list.getEntries().at(-1).startTime))
    .observe({ type: 'largest-contentful-paint', buffered: true });
})`;

const SCRIPT_BYTES = `performance.getEntriesByType('resource')
  .filter(({ name }) => name.endsWith('.js'))
  .reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0)`;

const server = await startServer({});
const browser = await launchChromium();
try {
  await runCommand(server, ['generate-data', '--tutors', String(TUTORS), '--sessions', String(SESSIONS)]);
  await workDone(server);
  const context = await signedInContext(browser, { address: server.url, ...(await adminOf(server.dataDir)) });
  const bare = await paints(context, '/api/livez');
  print('page', 'median LCP', 'worst LCP', 'against a bare page', 'JavaScript as sent');
  for (const path of ['/', '/tutors', '/reports']) {
    const { lcp, bytes } = await paintsAndBytes(context, path);
    const ratio = percentile(lcp, 0.5) / percentile(bare, 0.5);
    print(
      path,
      ms(percentile(lcp, 0.5)),
      ms(Math.max(...lcp)),
      `${ratio.toFixed(1)} times`,
      `${(bytes / 1000).toFixed(1)} kB`,
    );
  }
  const waits = await arrivals(context, server);
  print('from POST to the changed row', `median ${ms(percentile(waits, 0.5))}`, `p95 ${ms(percentile(waits, 0.95))}`);
} finally {
  await browser.close();
  await server.stop();
}

/** Until what the load has left to be scored and mailed is done: a page is measured, not a machine that has its hands full. */
async function workDone({ url, apiKey }: BenchServer): Promise<void> {
  const left = async () => {
    const { waiting, reports } = overview.parse(
      await (await fetch(`${url}/api/overview`, { headers: { 'x-api-key': apiKey } })).json(),
    );
    return waiting.tutors + reports.pending + reports.sending;
  };
  while ((await left()) > 0) await wait(POLL_MS);
}

async function paints(context: BrowserContext, path: string): Promise<number[]> {
  return (await paintsAndBytes(context, path)).lcp;
}

/** Largest contentful paint of each of a few loads with an empty cache, and the JavaScript that one load brings. */
async function paintsAndBytes(context: BrowserContext, path: string): Promise<{ lcp: number[]; bytes: number }> {
  const lcp: number[] = [];
  let bytes = 0;
  for (let load = 0; load < LOADS; load++) {
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    await session.send('Network.setCacheDisabled', { cacheDisabled: true });
    await page.goto(server.url + path);
    if (!path.startsWith('/api')) await settled(page);
    lcp.push(await page.evaluate<number>(LARGEST_PAINT));
    bytes = await page.evaluate<number>(SCRIPT_BYTES);
    await page.close();
  }
  return { lcp, bytes };
}

/** Milliseconds from sending a session to the row that shows it, on the tutors page. */
async function arrivals(context: BrowserContext, { url, apiKey }: BenchServer): Promise<number[]> {
  const tutor_id = crypto.randomUUID();
  const tutor = { name: 'Arrival Watcher' };
  await postSession(url, movedSession({ tutor_id, tutor }), apiKey);
  const page = await context.newPage();
  await page.goto(`${url}/tutors?search=arrival`);
  const row = page.getByRole('row').filter({ hasText: tutor.name });
  await row.filter({ hasText: '1 of 1' }).waitFor();
  const waits: number[] = [];
  for (let sessions = 2; sessions < ARRIVALS + 2; sessions++) {
    const shown = row.filter({ hasText: `${sessions} of ${sessions}` }).waitFor();
    const began = performance.now();
    await postSession(url, movedSession({ tutor_id, tutor }), apiKey);
    await shown;
    waits.push(performance.now() - began);
  }
  await page.close();
  return waits;
}

function ms(value: number): string {
  return `${Math.round(value)} ms`;
}

function print(...cells: string[]): void {
  process.stdout.write(`${cells.join(' | ')}\n`);
}
