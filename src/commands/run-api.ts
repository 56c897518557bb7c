import { fileURLToPath } from 'node:url';
import { watchJobs } from '../alerts/watch-jobs.ts';
import { openAnswers } from '../cache/answers.ts';
import { databaseIdentity } from '../cache/version-queries.ts';
import type { Config } from '../config.ts';
import { CHANGES_CHANNEL } from '../database/announce.ts';
import { databaseClock } from '../database/clock.ts';
import { connect, poolUseOf } from '../database/connection.ts';
import { listen } from '../database/listen.ts';
import { AppError } from '../errors.ts';
import { buildApp } from '../http/app.ts';
import { liveEvents } from '../http/live-events.ts';
import { measuredMailer } from '../metrics/measured-mailer.ts';
import { createMetrics, type Metrics, type Snapshot } from '../metrics/metrics.ts';
import { openScrape } from '../metrics/scrape.ts';
import { bearerOf } from '../metrics/token.ts';
import { boardQueues } from '../queue/board.ts';
import { openSignals } from '../queue/signals.ts';
import { startSweep } from '../queue/sweep.ts';
import { JOB_HARD_MS, JOB_SOFT_MS } from '../queue/time-limits.ts';
import { openSharedRedis } from '../redis/shared-redis.ts';
import { mailerWhenNeeded } from '../reports/mailers/mailer-when-needed.ts';
import { groupCommit } from '../sessions/group-commit.ts';
import { ingestSessions } from '../sessions/ingest-sessions.ts';
import { receiptClock } from '../sessions/receipt-clock.ts';
import { accountsOf, forgetFirstPassword } from './accounts.ts';
import { alertSweep } from './alert-sweep.ts';
import { mailerConfig, mailOptions } from './mail-options.ts';
import type { Platform } from './platform.ts';
import { type Stopping, stoppingOf } from './stopping.ts';
import { versionOf } from './version.ts';

export type Running = { close(stopping: Stopping): Promise<void> };
/** Nobody waits longer for an answer; what waits for a lock is tried again, or answered with 503. */
const STATEMENT_MS = 30_000;
const LOCK_MS = 2_000;
/** Figures for a scrape are cheap, or not worth waiting for. */
const FIGURES_MS = 2_000;
/** Whoever has not sent all of a request, or not taken all of an answer, by then is cut off when the API is to stop. */
const LAST_REQUESTS_MS = 8_000;
const DASHBOARD_DIR = fileURLToPath(new URL('../../web/dist', import.meta.url));

export type RunningApi = Running & { address: string };

/** Serves the API until it is closed: then what is in hand is answered, and nothing new is taken. */
export async function runApi(
  platform: Platform,
  apiKeys: readonly string[],
  workerMetrics: () => Promise<Snapshot | null> = async () => null,
): Promise<RunningApi> {
  const { config, log, queue, connectionString } = platform;
  const onIdleError = (error: Error) => log.warn({ reason: error.message }, 'database connection lost');
  const db = connect(connectionString, { statementTimeoutMs: STATEMENT_MS, lockTimeoutMs: LOCK_MS, onIdleError });
  // A connection of its own: ten requests that wait for something do not make the database look gone.
  const probe = connect(connectionString, { max: 1, statementTimeoutMs: STATEMENT_MS, onIdleError });
  const figures = connect(connectionString, { max: 1, statementTimeoutMs: FIGURES_MS, onIdleError });
  const metrics = createMetrics('api', versionOf());
  for (const [pool, part] of Object.entries({ platform: platform.db, api: db, health: probe }))
    metrics.watchPool(pool, () => poolUseOf(part));
  const signals = openSignals(queue, log);
  const events = liveEvents();
  const listening = await listen(connectionString, CHANGES_CHANNEL, (message) => events.publish(message || '{}'));
  const redis =
    queue.kind === 'redis' ? openSharedRedis(queue.url, `tutor-quality:${await databaseIdentity(db)}:`, log) : null;
  const app = await buildApp({
    db,
    probe,
    clock: databaseClock,
    groupCommit: groupCommit(
      (group) => ingestSessions(db, group),
      (results) => {
        metrics.groupStored(results);
        for (const { bug } of results) if (bug !== undefined) log.error({ err: bug }, 'session not stored');
        if (results.some(({ outcome }) => outcome === 'created' || outcome === 'updated')) signals.sessionsWaiting();
      },
    ),
    receiptClock: receiptClock(() => new Date()),
    signals,
    queues: () => boardQueues(signals.queues()),
    liveEvents: events,
    queueKind: queue.kind,
    metrics,
    scrape: openScrape({ metrics, db: figures, signals, workerMetrics }),
    isMetricsToken: bearerOf(config.METRICS_TOKEN),
    answers: openAnswers(redis),
    redis,
    apiKeys,
    accounts: await accountsOf(platform, db),
    passwordChanged: (email) => forgetFirstPassword(platform, email),
    rateLimit: config.RATE_LIMIT,
    trustedProxies: config.TRUST_PROXY,
    frontendUrl: config.FRONTEND_URL,
    mail: mailOptions(config),
    version: versionOf(),
    dashboardDir: DASHBOARD_DIR,
    log,
  });
  const alerts = startAlerts({ ...platform, db }, metrics);
  const close = async ({ step }: Stopping) => {
    await step('requests in hand', LAST_REQUESTS_MS + 2_000, async () => {
      // Nobody looks any more whether a request comes in in time.
      const cut = setTimeout(() => app.server.closeAllConnections(), LAST_REQUESTS_MS);
      await app.close();
      clearTimeout(cut);
    });
    await step('looking for alerts', 5_000, () => alerts.close());
    await step('hearing of changes', 2_000, () => listening.close());
    await step('the queue', 3_000, () => signals.close());
    redis?.close();
    await step('connections to the database', 2_000, () =>
      Promise.all([db.destroy(), probe.destroy(), figures.destroy()]),
    );
  };
  try {
    return { address: await app.listen({ port: config.PORT, host: config.HOST }), close };
  } catch (error) {
    await close(stoppingOf(log));
    throw obstacleOf(error, config);
  }
}

/** A worker looks too, but that none is there only somebody else can tell. Requests are answered however long a mail takes. */
function startAlerts(platform: Platform, metrics: Metrics): { close(): Promise<void> } {
  const { config, db, log } = platform;
  const mailer = mailerWhenNeeded(mailerConfig(config));
  const watch = watchJobs({ db, clock: databaseClock, metrics });
  const { name, everyMs, run } = alertSweep(platform, databaseClock, measuredMailer(mailer, metrics));
  const onHardLimit = (job: string) => log.error({ job }, 'job did not stop');
  const limits = { softMs: JOB_SOFT_MS, hardMs: JOB_HARD_MS, onHardLimit };
  const sweep = startSweep(db, { name, everyMs, run: (signal) => watch(name, () => run(signal)) }, limits, log);
  return {
    close: async () => {
      await sweep.stop();
      await mailer.close();
    },
  };
}

/** Why nothing can listen here, in words that say what to change. */
function obstacleOf(error: unknown, { PORT, HOST }: Config): unknown {
  switch (error instanceof Error && 'code' in error ? error.code : undefined) {
    case 'EADDRINUSE':
      return new AppError('conflict', `Port ${PORT} of ${HOST} is in use. Stop what uses it, or choose another PORT.`);
    case 'EACCES':
      return new AppError('conflict', `Port ${PORT} of ${HOST} may not be opened by this user. Choose another PORT.`);
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return new AppError('conflict', `HOST ${HOST} is no address of this machine.`);
    default:
      return error;
  }
}
