import { once } from 'node:events';
import type { Logger } from 'pino';
import type { Config } from '../config.ts';
import { claimInstance } from '../database/embedded.ts';
import { JOB_HARD_MS, JOB_SOFT_MS } from '../queue/time-limits.ts';
import { type ApiKeys, loadApiKeys } from './api-keys.ts';
import { fillWithDemo } from './demo.ts';
import { expectMigrated, openPlatform, type Platform, prepareDatabase } from './platform.ts';
import { type RunningApi, runApi } from './run-api.ts';
import { runWorker } from './run-worker.ts';
import { isTerminal, say } from './terminal.ts';

const STOP_MS = 30_000;

/** `npm start`: API and worker in one process, on a database that is made, migrated and filled if need be. */
export async function start(config: Config, log: Logger, { empty }: { empty: boolean }): Promise<void> {
  await serve(config, log, async (platform) => {
    if (platform.embedded !== null) await claimInstance(platform.embedded);
    await prepareDatabase(platform);
    if (!empty) await fillWithDemo(platform);
    const keys = await loadApiKeys(config, platform.dataDir);
    const worker = runWorker(platform, jobLimits(log));
    const api = await runApi(platform, keys.keys);
    greet(api, keys);
    return [api, worker];
  });
}

/** `npm run api`: the API alone, on a migrated database. */
export async function api(config: Config, log: Logger): Promise<void> {
  await serve(config, log, async (platform) => {
    await expectMigrated(platform);
    const keys = await loadApiKeys(config, platform.dataDir);
    const running = await runApi(platform, keys.keys);
    greet(running, keys);
    return [running];
  });
}

/** `npm run worker`: a worker alone; any number may run beside each other. */
export async function worker(config: Config, log: Logger): Promise<void> {
  await serve(config, log, async (platform) => {
    await expectMigrated(platform);
    const running = runWorker(platform, jobLimits(log));
    say('Worker runs. Ctrl-C stops it.');
    return [running];
  });
}

type Part = { close(): Promise<void> };

async function serve(config: Config, log: Logger, open: (platform: Platform) => Promise<Part[]>): Promise<void> {
  const stop = stopRequested();
  const platform = await openPlatform(config, log, { statementTimeoutMs: JOB_HARD_MS });
  let parts: Part[] = [];
  try {
    parts = await open(platform);
    const signal = await stop;
    log.info({ signal }, 'stopping: finishing what is in hand');
    setTimeout(() => {
      log.error(`not stopped after ${STOP_MS / 1000} s, giving up`);
      process.exit(1);
    }, STOP_MS).unref();
  } finally {
    for (const part of parts) await part.close();
    await platform.close();
  }
}

/** Registered before anything is opened; a second Ctrl-C while things are being finished does no harm. */
async function stopRequested(): Promise<string> {
  const ignore = () => {};
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, ignore);
  return Promise.race(
    (['SIGINT', 'SIGTERM', 'SIGHUP'] as const).map(async (name) => {
      await once(process, name);
      return name;
    }),
  );
}

function jobLimits(log: Logger) {
  return {
    softMs: JOB_SOFT_MS,
    hardMs: JOB_HARD_MS,
    onHardLimit: (job: string) => {
      log.fatal({ job }, 'job did not stop, ending the process so that its rows are free');
      process.exit(1);
    },
  };
}

/** The key itself is shown once, and only to a person: logs and pipes are kept. */
function greet({ address }: RunningApi, { keys, file, isNew }: ApiKeys): void {
  const isShown = file !== null && isNew && isTerminal();
  const key = file === null ? '$API_KEY' : `$(cat ${file})`;
  say(`
Tutor Quality Scoring runs at ${address}
API documentation: ${address}/api/docs
API key: ${file === null ? 'as set in API_KEY' : file}${isShown ? `\n         ${keys[0]}` : ''}

Post a session:
  curl -X POST ${address}/api/sessions -H 'content-type: application/json' -H "x-api-key: ${key}" -d '${example()}'

Ctrl-C stops it; the data stay.`);
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
