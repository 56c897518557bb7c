import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { connect, type Db } from '../../../src/database/connection.ts';
import type { QueueLocation } from '../../../src/queue/backend.ts';
import { freePort } from '../../ports.ts';
import { SCRATCH_DIR } from '../../scratch.ts';
import { Line } from './line.ts';
import { type MailSink, startMailSink } from './mail-sink.ts';
import { makePostgres, type Postgres } from './postgres.ts';
import { API_KEY } from './sender.ts';
import { type Said, Supervised } from './supervised.ts';

const MAIN = fileURLToPath(new URL('../../../src/main.ts', import.meta.url));
export const RECIPIENTS = ['a@tutors.example', 'b@tutors.example'];

/** A process of the product with its lines: each can be harmed without harming the others. */
type Actor = { process: Supervised; toDatabase: Line; toRedis: Line | null };
type Api = Actor & { fromClients: Line; address: string };

export type Stage = {
  queue: QueueLocation['kind'];
  /** Where the queue lies, past all lines. */
  location: QueueLocation;
  apis: Api[];
  workers: Actor[];
  postgres: Postgres;
  redis: Supervised | null;
  sink: MailSink;
  toMail: Line;
  /** Past all lines, for looking and for harming; outlives the server's deaths. */
  db: Db;
  /** Everything that the processes wrote. */
  said: Said[];
  actors(): Actor[];
  /** Ends everything that was started; returns the exit codes of the product's processes, asked politely. */
  strike(): Promise<Map<string, number | null>>;
};

/** Starts two APIs, two workers and all they stand on, with a line between any two that speak with each other. */
export async function setStage(queue: QueueLocation['kind'], isDurable: boolean): Promise<Stage> {
  const dir = await realpath(await mkdtemp(join(isDurable ? tmpdir() : SCRATCH_DIR, 'tq-faults-')));
  await chmod(dir, 0o711);
  const said: Said[] = [];
  const heard = (line: Said) => void said.push(line);

  const postgres = await makePostgres(dir, isDurable);
  await postgres.start();
  const direct = postgres.urlThrough(postgres.port);
  await runCommand(dir, ['setup-db', '--init'], direct);
  const redis = queue === 'redis' ? await startRedis(dir) : null;
  const sink = await startMailSink();
  const toMail = await Line.to(sink.port);
  sink.dropLines = () => toMail.drop();

  const prepare = async (name: string, args: string[], ready: RegExp, env: Record<string, string>) => {
    const cwd = join(dir, name);
    await mkdir(cwd);
    const toDatabase = await Line.to(postgres.port);
    const toRedis = redis === null ? null : await Line.to(redis.port);
    const command = { name, program: process.execPath, args: [MAIN, ...args], cwd, ready };
    const all = {
      ...commonEnv(cwd, postgres.urlThrough(toDatabase.port)),
      ...(toRedis === null ? {} : { REDIS_URL: `redis://127.0.0.1:${toRedis.port}` }),
      ...env,
    };
    return { process: new Supervised({ ...command, env: all }, heard), toDatabase, toRedis };
  };
  const prepareApi = async (number: number): Promise<Api> => {
    const port = await freePort();
    const actor = await prepare(`api ${number}`, ['api'], /runs at http/, { PORT: String(port), RATE_LIMIT: '0' });
    const fromClients = await Line.to(port);
    return { ...actor, fromClients, address: `http://127.0.0.1:${fromClients.port}` };
  };
  const mail = { EMAIL_SERVICE: 'smtp', SMTP_URL: `smtp://127.0.0.1:${toMail.port}`, ADMIN_EMAIL: RECIPIENTS.join() };
  const prepareWorker = (number: number) => prepare(`worker ${number}`, ['worker'], /Worker runs/, mail);

  const apis = [await prepareApi(1), await prepareApi(2)];
  const workers = [await prepareWorker(1), await prepareWorker(2)];
  const actors = () => [...apis, ...workers];
  await Promise.all(actors().map((actor) => actor.process.start()));
  const db = connect(direct, { max: 4, applicationName: 'fault-harness' });
  return {
    queue,
    location:
      redis === null
        ? { kind: 'postgres', connectionString: direct }
        : { kind: 'redis', url: `redis://127.0.0.1:${redis.port}` },
    apis,
    workers,
    postgres,
    redis: redis?.process ?? null,
    sink,
    toMail,
    db,
    said,
    actors,
    strike: async () => {
      const ends = actors().map(async ({ process: { name }, process }) => {
        return [name, await process.end('SIGTERM')] as const;
      });
      const codes = new Map(await Promise.all(ends));
      const lines = [toMail, ...apis.map(({ fromClients }) => fromClients)];
      for (const { toDatabase, toRedis } of actors()) lines.push(toDatabase, ...(toRedis === null ? [] : [toRedis]));
      await Promise.all(lines.map((line) => line.close()));
      await db.destroy();
      await redis?.process.end('SIGKILL');
      await sink.close();
      await postgres.close();
      await rm(dir, { recursive: true, force: true });
      return codes;
    },
  };
}

function commonEnv(cwd: string, databaseUrl: string): Record<string, string | undefined> {
  const cache = join(tmpdir(), 'node-compile-cache');
  const { PATH } = process.env;
  return { PATH, NODE_COMPILE_CACHE: cache, DATA_DIR: cwd, DATABASE_URL: databaseUrl, API_KEY, LOG_LEVEL: 'warn' };
}

async function runCommand(cwd: string, args: string[], databaseUrl: string): Promise<void> {
  const env = commonEnv(cwd, databaseUrl);
  const [code] = await once(
    spawn(process.execPath, [MAIN, ...args], { cwd, env, stdio: ['ignore', 'ignore', 'inherit'] }),
    'exit',
  );
  if (code !== 0) throw new Error(`${args.join(' ')} ended with ${code}`);
}

async function startRedis(cwd: string): Promise<{ port: number; process: Supervised }> {
  const port = await freePort();
  const args = ['--port', String(port), '--save', '', '--appendonly', 'no', '--bind', '127.0.0.1'];
  const ready = /Ready to accept connections/;
  const command = { name: 'redis', program: 'redis-server', args, env: { PATH: process.env['PATH'] }, cwd, ready };
  const server = new Supervised(command, () => {});
  await server.start();
  return { port, process: server };
}

/** A statement of the harness's own, tried until the server, which may just be down, has answered it. */
export async function asked<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (error instanceof pg.DatabaseError && !/^(08|53|57P)/.test(error.code ?? '')) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}
