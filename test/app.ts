import { join } from 'node:path';
import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from 'fastify';
import { pino } from 'pino';
import { openAnswers } from '../src/cache/answers.ts';
import { type Clock, databaseClock } from '../src/database/clock.ts';
import type { ApiDeps } from '../src/http/api-deps.ts';
import { buildApp } from '../src/http/app.ts';
import { liveEvents } from '../src/http/live-events.ts';
import { createMetrics } from '../src/metrics/metrics.ts';
import { openScrape } from '../src/metrics/scrape.ts';
import { bearerOf } from '../src/metrics/token.ts';
import type { Signals } from '../src/queue/signals.ts';
import { groupCommit } from '../src/sessions/group-commit.ts';
import { ingestSessions } from '../src/sessions/ingest-sessions.ts';
import { receiptClock } from '../src/sessions/receipt-clock.ts';
import { type Accounts, openAccounts } from '../src/users/accounts.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';
import { openApiChecker } from './openapi.ts';
import { workOff } from './scores.ts';

export const API_KEY = 'test-key-0123456789abcdef';
export const METRICS_TOKEN = 'test-metrics-token-0123';
export const SECRET = 'a secret of the tests, 32 bytes!';
const MAIL = {
  timezone: 'UTC',
  dashboardUrl: 'https://tutors.example',
  from: 'Tutor Quality <quality@tutors.example>',
  domain: 'tutors.example',
};

export type TestApp = TestDatabase & {
  app: FastifyInstance;
  accounts: Accounts;
  /** Sends with a valid key, unless `headers` says otherwise or holds a cookie, and checks the answer against the API's own document. */
  send(options: InjectOptions & { url: string }): Promise<LightMyRequestResponse>;
  /** Scores what is waiting, as a worker would. */
  work(): Promise<void>;
  close(): Promise<void>;
};

/**
 * The whole API on a private database, or on that of another one, which then drops it; without a port and without a
 * queue: `work` does what a signal would.
 */
export async function createTestApp(overrides: Partial<ApiDeps> = {}, shared?: TestDatabase): Promise<TestApp> {
  const database = shared ?? (await createTestDatabase());
  const { db } = database;
  const clock: Clock = overrides.clock ?? databaseClock;
  const accounts = overrides.accounts ?? (await openAccounts(db, { secret: SECRET, isSecure: false }));
  const metrics = createMetrics('api', 'test');
  const signals = overrides.signals ?? NO_QUEUE;
  const app = await buildApp({
    db,
    probe: overrides.db ?? db,
    clock,
    groupCommit: groupCommit(
      (events) => ingestSessions(db, events),
      (results) => metrics.groupStored(results),
    ),
    receiptClock: receiptClock(() => new Date()),
    signals,
    queues: () => [],
    metrics,
    scrape: openScrape({ metrics, db: overrides.db ?? db, signals, workerMetrics: async () => null }),
    isMetricsToken: bearerOf(METRICS_TOKEN),
    liveEvents: liveEvents(),
    queueKind: 'postgres',
    answers: openAnswers(null),
    redis: null,
    apiKeys: [API_KEY],
    accounts,
    passwordChanged: () => Promise.resolve(),
    rateLimit: 0,
    trustedProxies: 0,
    frontendUrl: undefined,
    mail: MAIL,
    version: 'test',
    dashboardDir: join(import.meta.dirname, '..', 'web', 'dist'),
    log: pino({ level: 'silent' }),
    ...overrides,
  });
  await app.ready();
  const check = openApiChecker(app);
  return {
    ...database,
    app,
    accounts,
    send: async (options) => {
      const key = options.headers?.cookie === undefined ? { 'x-api-key': API_KEY } : {};
      const answer = await app.inject({ ...options, headers: { ...key, ...options.headers } });
      check(options.method ?? 'GET', options.url, answer);
      return answer;
    },
    work: () => workOff(db),
    close: async () => {
      await app.close();
      if (shared === undefined) await database.drop();
    },
  };
}

/** Nobody listens: the sweeps are all there is. */
const NO_QUEUE: Signals = {
  sessionsWaiting: () => {},
  reportsWaiting: () => {},
  isConnected: () => Promise.resolve(true),
  counts: async () => ({ 'process-sessions': { waiting: 0 }, 'send-report': { waiting: 0 } }),
  close: () => Promise.resolve(),
};
