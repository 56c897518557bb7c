import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { BrowserContext } from 'playwright-core';
import { z } from 'zod';
import { type BenchServer, runCommand, startServer } from '../bench/server.ts';
import { settled } from '../test/browser/settled.ts';
import { adminOf, signedInContext } from '../test/browser/sign-in.ts';
import { launchChromium } from '../test/chromium.ts';

/**
 * Takes pictures of every page from the product itself: `npm run screenshots` makes those of the README, with demo data.
 * `-- --all --out FOLDER` takes every page at three widths in both themes, with demo data, with 10,000 tutors and with
 * an empty database, for looking at.
 */
const IMAGES = join(import.meta.dirname, '..', 'docs', 'images');
const README = [
  { name: 'overview', width: 1440, height: 900, colorScheme: 'light' },
  { name: 'tutors', width: 1440, height: 900, colorScheme: 'light' },
  { name: 'tutor', width: 1440, height: 1000, colorScheme: 'dark' },
  { name: 'report', width: 1440, height: 900, colorScheme: 'light' },
] as const;
const VIEWS = [360, 768, 1440].flatMap((width) =>
  (['light', 'dark'] as const).map((colorScheme) => ({ width, height: 900, colorScheme })),
);
/** A rate that rests on fewer sessions makes a poor example. */
const ENOUGH_SESSIONS = 20;
const POLL_MS = 200;

const reportList = z.object({ reports: z.array(z.object({ id: z.string(), tutor_id: z.string() })), total: z.int() });
const tutorList = z.object({ tutors: z.array(z.object({ id: z.string(), total_sessions_30d: z.int() })) });

const { values } = parseArgs({ options: { all: { type: 'boolean', default: false }, out: { type: 'string' } } });
const folder = values.out ?? IMAGES;
const browser = await launchChromium();
try {
  if (values.all) {
    await withServer([], (server) => everyPage(server, 'demo'));
    await withServer(['--empty'], (server) => everyPage(server, 'empty'));
    await withServer(['--empty'], async (server) => {
      await runCommand(server, ['generate-data', '--tutors', '10000', '--sessions', '100000']);
      await everyPage(server, 'many');
    });
  } else await withServer([], forReadme);
} finally {
  await browser.close();
}

async function withServer(args: string[], use: (server: BenchServer) => Promise<void>): Promise<void> {
  const server = await startServer({}, args);
  try {
    await use(server);
  } finally {
    await server.stop();
  }
}

async function forReadme(server: BenchServer): Promise<void> {
  const context = await signedIn(server);
  const paths = await pathsOf(server);
  for (const { name, ...view } of README) await picture(context, server, paths[name] ?? '/', `${name}.png`, view);
  await picture(context, server, '/api/docs', 'api-docs.png', { width: 1200, height: 900, colorScheme: 'light' });
}

async function everyPage(server: BenchServer, content: string): Promise<void> {
  const context = await signedIn(server);
  for (const [name, path] of Object.entries(await pathsOf(server))) {
    for (const view of VIEWS) {
      const file = `${content}-${name}-${view.width}-${view.colorScheme}.png`;
      await picture(context, server, path, file, view, true);
    }
  }
  const stranger = await browser.newContext();
  for (const view of VIEWS)
    await picture(stranger, server, '/sign-in', `${content}-sign-in-${view.width}-${view.colorScheme}.png`, view, true);
}

/** As somebody who has chosen a password: else each page would ask for that. */
async function signedIn({ url, dataDir }: BenchServer): Promise<BrowserContext> {
  const admin = await adminOf(dataDir);
  const context = await signedInContext(browser, { address: url, ...admin });
  const data = { current_password: admin.password, new_password: 'correct horse battery' };
  const changed = await context.request.post(`${url}/api/me/password`, { data, headers: { origin: url } });
  if (!changed.ok()) throw new Error(`The password was not changed: ${await changed.text()}`);
  return context;
}

async function pathsOf(server: BenchServer): Promise<Record<string, string>> {
  const found = await goodExample(server);
  return {
    overview: '/',
    tutors: '/tutors',
    tutor: `/tutors/${found?.tutor_id ?? crypto.randomUUID()}`,
    funnel: '/funnel',
    threshold: '/threshold?risk_threshold=20',
    reports: '/reports',
    report: `/reports?open=${found?.id ?? crypto.randomUUID()}`,
    account: '/account',
    audit: '/audit',
    'not-found': '/nowhere',
  };
}

/** The report of a move by a tutor who is high risk on many sessions, once all reports are made; none without tutors. */
async function goodExample({ url, apiKey }: BenchServer): Promise<{ id: string; tutor_id: string } | null> {
  const get = (path: string) => fetch(url + path, { headers: { 'x-api-key': apiKey } });
  const reports = async (query: string) => reportList.parse(await (await get(`/api/reports?${query}`)).json());
  const { tutors } = tutorList.parse(await (await get('/api/tutors?risk_status=high_risk&limit=500')).json());
  if (tutors.length === 0) return null;

  while ((await reports('status=sent&limit=1')).total === 0) await wait(POLL_MS);
  while ((await reports('status=pending&limit=1')).total > 0) await wait(POLL_MS);
  for (const tutor of tutors.filter(({ total_sessions_30d }) => total_sessions_30d >= ENOUGH_SESSIONS).toReversed()) {
    for (const report of (await reports(`tutor_id=${tutor.id}`)).reports) {
      const words = await (await get(`/api/reports/${report.id}?format=text`)).text();
      if (words.includes('Moved by the tutor')) return report;
    }
  }
  return null;
}

type View = { width: number; height: number; colorScheme: 'light' | 'dark' };

async function picture(
  context: BrowserContext,
  { url }: BenchServer,
  path: string,
  file: string,
  { colorScheme, ...viewport }: View,
  fullPage = false,
): Promise<void> {
  const page = await context.newPage();
  await page.setViewportSize(viewport);
  await page.emulateMedia({ colorScheme });
  await page.goto(url + path);
  await settled(page);
  await page.screenshot({ path: join(folder, file), fullPage });
  await page.close();
}
