import { spawn } from 'node:child_process';
import { open, readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';

import { Client } from 'pg';

import { AppError, messageOf } from '../../errors.ts';
import type { Account } from './access.ts';
import { SERVER_ENVIRONMENT } from './cluster.ts';
import { errorCode } from './error-code.ts';
import { isServerOf, type PidFile, readPidFile, removeStale } from './pid-file.ts';
import { connectionStringFor } from './socket.ts';

/** Everything that is needed to start, reach and stop the server of one data directory. */
export type Server = {
  cluster: string;
  socketDir: string;
  logFile: string;
  postgres: string;
  account: Account | null;
  password: string;
  settings: Record<string, string>;
  notice: (message: string) => void;
};

const SILENCE_LIMIT_MS = 60_000;
const NEWS_EVERY_MS = 10_000;
const FIRST_PAUSE_MS = 20;
const LONGEST_PAUSE_MS = 250;

/** Why a start may fail and succeed a moment later: another process was first, or a killed server is not quite gone. */
const PASSING_OBSTACLES = /lock file .* (already exists|is empty)|pre-existing shared memory block|could not bind/;

/** `failure` is what the server wrote when it refused to run, not when somebody stopped or killed it. */
type Launch = { isOver: boolean; failure: string | null };

/**
 * A connection to the maintenance database of the server, which is started if nobody runs it.
 * Waits for a server that says it is recovering or shutting down, however long that takes.
 * Throws `unavailable` when it cannot be started or is silent for a minute.
 */
export async function reachServer(server: Server): Promise<{ client: Client; socketDir: string }> {
  let launch: Launch | null = null;
  let lastWord = performance.now();
  let lastNews = lastWord;
  for (let pause = FIRST_PAUSE_MS; performance.now() - lastWord < SILENCE_LIMIT_MS; pause = longer(pause)) {
    const pidFile = await readPidFile(server.cluster);
    const socketDir = pidFile?.socketDir || server.socketDir;
    const answer = await knock(connectionStringFor(socketDir, server.password, 'postgres'));
    if (answer instanceof Client) return { client: answer, socketDir };
    if (answer !== null) {
      lastWord = performance.now();
      if (lastWord - lastNews > NEWS_EVERY_MS) {
        server.notice(`waiting for PostgreSQL: ${answer}`);
        lastNews = lastWord;
      }
    } else if (pidFile === null || !(await isServerOf(server.cluster, pidFile))) {
      if (launch?.failure && !PASSING_OBSTACLES.test(launch.failure)) break;
      if (pidFile !== null) await removeStale(server.cluster, pidFile);
      if (launch === null || launch.isOver) launch = await start(server);
    }
    await delay(pause);
  }
  const reason = launch?.failure ?? 'it does not answer';
  throw new AppError(
    'unavailable',
    `PostgreSQL in ${server.cluster} did not start: ${reason} (log: ${server.logFile})`,
  );
}

/** Stops the server and waits until it is gone: connections are cut, everything committed is on disk. */
export async function stopServer(server: Server): Promise<void> {
  const pidFile = await readPidFile(server.cluster);
  if (pidFile === null || !(await isServerOf(server.cluster, pidFile))) return;
  process.kill(pidFile.pid, 'SIGINT');
  const began = performance.now();
  for (let pause = FIRST_PAUSE_MS; await isStillThere(server.cluster, pidFile); pause = longer(pause)) {
    if (performance.now() - began > SILENCE_LIMIT_MS) {
      server.notice('PostgreSQL is still writing its last data and will stop by itself');
      return;
    }
    await delay(pause);
  }
}

async function isStillThere(cluster: string, pidFile: PidFile): Promise<boolean> {
  return (await readPidFile(cluster))?.pid === pidFile.pid && (await isServerOf(cluster, pidFile));
}

/** Soon at first, as most starts take 50 ms; less often later, as the server logs whom it turns away. */
function longer(pause: number): number {
  return Math.min(1.3 * pause, LONGEST_PAUSE_MS);
}

/** A connection; or what a server says that cannot serve yet; or `null` when nobody answers. */
async function knock(connectionString: string): Promise<Client | string | null> {
  const client = new Client({
    connectionString,
    application_name: 'tutor-quality attached',
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
  });
  // A server that goes down must not take this process with it; who holds the client listens for its end.
  client.on('error', () => {});
  try {
    await client.connect();
    return client;
  } catch (error) {
    await client.end().catch(() => {});
    return judge(error);
  }
}

function judge(error: unknown): string | null {
  switch (errorCode(error)) {
    case undefined: // silent, or cut off
    case 'ENOENT':
    case 'ECONNREFUSED':
    case 'ECONNRESET':
    case 'EPIPE':
    case 'EAGAIN':
      return null;
    case '28P01':
      throw new AppError('unavailable', 'The stored password does not fit the database. Restore both from one backup.');
    case '57P01':
    case '57P02':
    case '57P03':
    case '53300':
      return messageOf(error);
    default:
      throw error;
  }
}

async function start(server: Server): Promise<Launch> {
  const { account, cluster, settings } = server;
  const log = await open(server.logFile, 'a', 0o600);
  try {
    if (account !== null) await log.chown(account.uid, account.gid);
    const { size } = await log.stat();
    const child = spawn(server.postgres, ['-D', cluster, ...settingArguments(server, settings)], {
      cwd: '/',
      // A process session of its own: Ctrl-C in the terminal must not stop it before the app has drained.
      detached: true,
      env: SERVER_ENVIRONMENT,
      stdio: ['ignore', log.fd, log.fd],
      ...(account === null ? {} : { uid: account.uid, gid: account.gid }),
    });
    const launch: Launch = { isOver: false, failure: null };
    child.once('error', (error) => {
      Object.assign(launch, { isOver: true, failure: messageOf(error) });
    });
    child.once('exit', (code) => {
      void noteEnd(launch, code, server.logFile, size);
    });
    child.unref();
    return launch;
  } finally {
    await log.close();
  }
}

function settingArguments({ socketDir }: Server, settings: Record<string, string>): string[] {
  const all = {
    listen_addresses: '',
    port: '5432',
    // The value is a list: quoted, a comma in the path is part of the path.
    unix_socket_directories: `"${socketDir.replaceAll('"', '""')}"`,
    unix_socket_permissions: '0700',
    lc_messages: 'C',
    log_checkpoints: 'off',
    logging_collector: 'off',
    ...settings,
  };
  return Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

async function noteEnd(launch: Launch, code: number | null, logFile: string, from: number): Promise<void> {
  if (code !== 0 && code !== null) {
    const written = await readFile(logFile).catch(() => Buffer.alloc(0));
    const lines = written.subarray(from).toString('utf8').trim().split('\n');
    const telling = lines.filter((line) => /FATAL|PANIC|DETAIL|HINT|error/.test(line));
    launch.failure = (telling.length > 0 ? telling : lines.slice(-3)).join(' ').trim() || 'it ended without a word';
  }
  launch.isOver = true;
}
