import { execFile } from 'node:child_process';
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import pg from 'pg';
import { letPass, serverAccount } from '../../../src/database/embedded/access.ts';
import { findBinaries } from '../../../src/database/embedded/binaries.ts';
import { ensureCluster, ensurePassword, ROLE, SERVER_ENVIRONMENT } from '../../../src/database/embedded/cluster.ts';
import { freePort } from '../../ports.ts';
import { Supervised } from './supervised.ts';

const DATABASE = 'tutor_quality';
const POLL_MS = 20;

/** A PostgreSQL of the harness's own, over TCP, which may be killed whole or in parts. */
export type Postgres = {
  port: number;
  /** A connection string through any port that leads to it. */
  urlThrough(port: number): string;
  /** Starts the server and waits until it answers. */
  start(): Promise<void>;
  /** SIGKILL to the postmaster alone; SIGINT is a fast shutdown, SIGQUIT an immediate one. */
  end(signal: 'SIGKILL' | 'SIGINT' | 'SIGQUIT'): Promise<void>;
  /** Stops and continues the postmaster and all its backends. */
  signalAll(signal: 'SIGSTOP' | 'SIGCONT'): Promise<void>;
  close(): Promise<void>;
};

/** Makes a cluster in `dir`. With `isDurable` false a power cut would lose data, which nothing here is. */
export async function makePostgres(dir: string, isDurable: boolean): Promise<Postgres> {
  const cluster = join(dir, 'postgres');
  const passwordFile = join(dir, 'postgres-password');
  const account = await serverAccount(cluster);
  if (account !== null) await letPass(dir, account);
  const binaries = await findBinaries(dir, account);
  const password = await ensurePassword(cluster, passwordFile);
  await ensureCluster(cluster, passwordFile, binaries, account, { durable: isDurable, notice: () => {} });
  const port = await freePort();
  const settings = { listen_addresses: '127.0.0.1', port: `${port}`, unix_socket_directories: '', lc_messages: 'C' };
  const all = isDurable ? settings : { ...settings, fsync: 'off', full_page_writes: 'off' };
  const server = new Supervised(
    {
      name: 'postgres',
      program: binaries.postgres,
      args: ['-D', cluster, ...Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
      env: SERVER_ENVIRONMENT,
      cwd: '/',
      ready: /ready to accept connections/,
      ...(account === null ? {} : { uid: account.uid, gid: account.gid }),
    },
    ({ text }) => appendFileSync(join(dir, 'postgres.log'), `${text}\n`),
  );
  const urlThrough = (through: number) => `postgres://${ROLE}:${password}@127.0.0.1:${through}/${DATABASE}`;
  return {
    port,
    urlThrough,
    start: async () => {
      await server.start();
      await untilItAnswers(urlThrough(port).replace(/[^/]+$/, 'postgres'));
    },
    end: async (signal) => {
      await server.end(signal);
    },
    signalAll: async (signal) => {
      for (const pid of await familyOf(server.pid)) trySignal(pid, signal);
    },
    close: async () => {
      for (const pid of await familyOf(server.pid)) trySignal(pid, 'SIGCONT');
      await server.end('SIGINT');
    },
  };
}

async function untilItAnswers(connectionString: string): Promise<void> {
  for (;;) {
    const client = new pg.Client({ connectionString, connectionTimeoutMillis: 5_000 });
    client.on('error', () => {});
    const isHere = await client.connect().then(
      () => true,
      () => false,
    );
    await client.end().catch(() => {});
    if (isHere) return;
    await wait(POLL_MS);
  }
}

/** A process and its children. */
async function familyOf(pid: number | null): Promise<number[]> {
  if (pid === null) return [];
  const { stdout } = await promisify(execFile)('ps', ['-A', '-o', 'pid=,ppid=']);
  const rows = stdout
    .trim()
    .split('\n')
    .map((row) => row.trim().split(/\s+/).map(Number));
  return [pid, ...rows.flatMap(([child, parent]) => (parent === pid && child !== undefined ? [child] : []))];
}

/** A process may be gone before it hears. */
export function trySignal(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}
