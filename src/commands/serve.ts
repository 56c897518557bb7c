import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Logger } from 'pino';
import type { Config } from '../config.ts';
import { FIRST_PASSWORD_HOURS } from '../contract/access.ts';
import { claimInstance } from '../database/embedded/attach.ts';
import { createMetrics } from '../metrics/metrics.ts';
import { serveMetrics } from '../metrics/serve-metrics.ts';
import { JOB_HARD_MS, JOB_SOFT_MS } from '../queue/time-limits.ts';
import { type FirstAdmin, firstAdmin } from './accounts.ts';
import { type ApiKeys, loadApiKeys } from './api-keys.ts';
import { fillWithDemo } from './demo.ts';
import { expectMigrated, openPlatform, type Platform, type PlatformOptions, prepareDatabase } from './platform.ts';
import { type Running, type RunningApi, runApi } from './run-api.ts';
import { startTracing } from './start-tracing.ts';
import { endProcess, type Stopping, stoppingOf } from './stopping.ts';
import { isTerminal, say } from './terminal.ts';
import { versionOf } from './version.ts';
import { answerMetrics, startWorkerProcess } from './worker-process.ts';

/** Of a worker: ten times what its longest statement takes. A dead line is noticed a little later. */
const STATEMENT_MS = 60_000;
/** All parts of a process together: more than their limits add up to, 29 seconds for an API and for a worker. */
const STOP_MS = 30_000;
/** `npm start` has its API, its worker and the server to wait for, one after the other: 78 seconds at most. */
const START_STOP_MS = 80_000;
/** For letting go of the database. */
const DATABASE_MS = 5_000;
/** The embedded server, which `npm start` is the one to stop, writes down what it has: on a slow disk that takes a while. */
const SERVER_MS = 20_000;
const LINGER_MS = 500;
const program = fileURLToPath(new URL('../main.ts', import.meta.url));

/** `npm start`: API and worker, on a database that is made, migrated and filled if need be. */
export async function start(config: Config, log: Logger, { empty }: { empty: boolean }): Promise<number> {
  const open = async (platform: Platform, keep: Keep) => {
    if (platform.embedded !== null) keep(closing(await claimInstance(platform.embedded)));
    await prepareDatabase(platform);
    if (!empty && mayHaveDemo(config)) await fillWithDemo(platform);
    const keys = await loadApiKeys(config, platform.dataDir);
    const admin = await firstAdmin(platform);
    const beside = keep(startWorkerProcess(program, log));
    greet(keep(await runApi(platform, keys.keys, () => beside.metrics())), keys, admin);
  };
  return serve(config, log, open, { stopMs: START_STOP_MS, databaseMs: SERVER_MS });
}

/** Never in production, nor where mails leave the machine: nobody wants mail about tutors that do not exist. */
function mayHaveDemo({ ENVIRONMENT, EMAIL_SERVICE }: Config): boolean {
  return ENVIRONMENT !== 'production' && EMAIL_SERVICE === 'none';
}

/** `npm run api`: the API alone, on a migrated database. */
export async function api(config: Config, log: Logger): Promise<number> {
  return serve(config, log, async (platform, keep) => {
    await expectMigrated(platform);
    const keys = await loadApiKeys(config, platform.dataDir);
    greet(keep(await runApi(platform, keys.keys)), keys, null);
  });
}

/** `npm run worker`: a worker alone; any number may run beside each other. */
export async function worker(config: Config, log: Logger): Promise<number> {
  const open = async (platform: Platform, keep: Keep) => {
    await expectMigrated(platform);
    const metrics = createMetrics('worker', versionOf());
    answerMetrics(metrics);
    // The API, which starts from here too, is to wait for no package of a mail service.
    const { runWorker } = await import('./run-worker.ts');
    keep(runWorker(platform, jobLimits(log), metrics));
    const { METRICS_PORT: port, METRICS_TOKEN: token, HOST: host } = config;
    if (port !== undefined && token !== undefined) keep(await serveMetrics({ host, port, token }, metrics, log));
    if (process.send === undefined) say('Worker runs. Ctrl-C stops it.');
  };
  return serve(config, log, open, { statementTimeoutMs: STATEMENT_MS });
}

/** Has `part` closed at the end, and hands it back. */
type Keep = <Part extends Running>(part: Part) => Part;
type ServeOptions = PlatformOptions & { stopMs?: number; databaseMs?: number };

/**
 * Opens the parts, waits until it is asked to stop, closes them in the reverse order; also when opening fails half-way.
 * Returns the exit code: 1 when something had to be left as it was.
 */
async function serve(
  config: Config,
  log: Logger,
  open: (platform: Platform, keep: Keep) => Promise<void>,
  { stopMs = STOP_MS, databaseMs = DATABASE_MS, ...options }: ServeOptions = {},
): Promise<number> {
  const stop = stopRequested();
  const stopping = stoppingOf(log);
  let deadline: NodeJS.Timeout | undefined;
  const giveUpInTime = () => {
    deadline ??= setTimeout(() => {
      log.fatal({ waiting_for: stopping.waitingFor() }, `not stopped after ${stopMs / 1000} s, giving up`);
      endProcess(log, 1);
    }, stopMs).unref();
  };
  // From then on, also while something is still being opened.
  void stop.then(giveUpInTime);
  const tracing = await startTracing(config, log);
  const platform = await openPlatform(config, log, options);
  const database = { close: ({ step }: Stopping) => step('the database', databaseMs, () => platform.close()) };
  const parts: Running[] = [database, tracing];
  try {
    await open(platform, (part) => {
      parts.unshift(part);
      return part;
    });
    log.info({ reason: await stop }, 'stopping: finishing what is in hand');
  } finally {
    // Nobody asked where opening failed.
    giveUpInTime();
    for (const part of parts) await part.close(stopping);
    // All is closed. What a library left behind, such as a timer that waits for a lost Redis, must not hold the process.
    setTimeout(() => endProcess(log), LINGER_MS).unref();
  }
  return stopping.hasLeft() ? 1 : 0;
}

function closing(claim: { release(): Promise<void> }): Running {
  return { close: ({ step }) => step('the claim to the data directory', 2_000, () => claim.release()) };
}

/**
 * Registered before anything is opened; a second Ctrl-C while things are being finished does no harm. `disconnect`
 * means that the process that started this one is gone.
 */
async function stopRequested(): Promise<string> {
  const reasons = ['SIGINT', 'SIGTERM', 'SIGHUP', 'disconnect'];
  for (const reason of reasons) process.on(reason, () => {});
  process.channel?.unref();
  return Promise.race(
    reasons.map(async (reason) => {
      await once(process, reason);
      return reason;
    }),
  );
}

function jobLimits(log: Logger) {
  return {
    softMs: JOB_SOFT_MS,
    hardMs: JOB_HARD_MS,
    onHardLimit: (job: string) => {
      log.fatal({ job }, 'job did not stop, ending the process so that its rows are free');
      endProcess(log, 1);
    },
  };
}

/** A key and a password are shown once, and only to a person: logs and pipes are kept. */
function greet({ address }: RunningApi, { keys, file, isNew }: ApiKeys, admin: FirstAdmin | null): void {
  const key = file === null ? '$API_KEY' : `$(cat ${quoted(file)})`;
  say(`
Tutor Quality Scoring runs at ${address}
Sign in: ${wayIn(admin)}
API documentation: ${address}/api/docs
API key: ${file === null ? 'as set in API_KEY' : `${file}${shown(keys[0], isNew)}`}

Post a session:
  curl -X POST ${address}/api/sessions -H 'content-type: application/json' -H "x-api-key: ${key}" -d '${example()}'

Ctrl-C stops it; the data stay.`);
}

function wayIn(admin: FirstAdmin | null): string {
  if (admin === null) return 'npm run user -- list says who may; npm run user -- add EMAIL lets somebody in';
  return `as ${admin.email}; the first password is in ${admin.file}${shown(admin.password, admin.isNew)}
         Choose another within ${FIRST_PASSWORD_HOURS} hours, under Account.`;
}

function shown(secret: string | undefined, isNew: boolean): string {
  return isNew && isTerminal() ? `\n         ${secret}` : '';
}

/** For a shell: a path may hold spaces. */
function quoted(path: string): string {
  return `'${path.replaceAll("'", `'\\''`)}'`;
}

function example(): string {
  const hour = new Date(Date.now() - 2 * 60 * 60 * 1000);
  hour.setUTCMinutes(0, 0, 0);
  return JSON.stringify({
    session_id: crypto.randomUUID(),
    tutor_id: crypto.randomUUID(),
    student_id: 's-1',
    scheduled_time: hour.toISOString(),
    status: 'rescheduled',
    reschedule_info: { initiator: 'tutor', reason: 'Personal emergency', new_time: null },
    tutor: { name: 'Maria Lopez' },
  });
}
