import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readFile, realpath, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { Client, type QueryResultRow } from 'pg';
import { afterAll, afterEach, expect, onTestFinished, vi } from 'vitest';

import { attachEmbeddedPostgres, type EmbeddedPostgres } from './attach.ts';

export const isRoot = process.getuid?.() === 0;

const attached: EmbeddedPostgres[] = [];
const temporaryDirs: string[] = [];

/** To be called once in a test file: leaves nothing behind, whatever an assertion broke off. */
export function cleanUp(): void {
  afterEach(async () => {
    for (const embedded of attached.splice(0)) await embedded.release();
  });
  afterAll(async () => {
    for (const path of temporaryDirs) await rm(path, { recursive: true, force: true });
  });
}

/** Attaches until the end of the test. Nothing is flushed to disk: a power cut is not what is tested here. */
export async function attach(
  dataDir: string,
  notice: (message: string) => void = () => undefined,
): Promise<EmbeddedPostgres> {
  const embedded = await attachEmbeddedPostgres(dataDir, notice, { fsync: 'off' });
  attached.push(embedded);
  return embedded;
}

/** A process of its own that stays attached until its input ends. */
export async function attachInChild(dataDir: string, claim = ''): Promise<ChildProcessWithoutNullStreams> {
  const program = `
    const [, module, dataDir, claim] = process.argv;
    const { attachEmbeddedPostgres, claimInstance } = await import(module);
    const embedded = await attachEmbeddedPostgres(dataDir, () => undefined, { fsync: 'off' });
    if (claim === 'claim') await claimInstance(embedded);
    process.stdout.write('attached');
    process.stdin.resume().once('end', () => embedded.release());
  `;
  const module = new URL('./attach.ts', import.meta.url).href;
  const args = ['--input-type=module', '-e', program, module, dataDir, claim];
  const child = spawn(process.execPath, args, { detached: true });
  const errors: string[] = [];
  child.stderr.on('data', (chunk: Buffer) => errors.push(chunk.toString()));
  onTestFinished(() => void child.kill('SIGKILL'));
  const said = await Promise.race([once(child.stdout, 'data').then(String), once(child, 'exit').then(() => 'ended')]);
  expect([said, ...errors]).toEqual(['attached']);
  return child;
}

/** Kills the process and its whole group, as a terminal or a supervisor would. */
export async function kill(child: ChildProcessWithoutNullStreams): Promise<void> {
  const ended = once(child, 'exit');
  process.kill(-Number(child.pid), 'SIGKILL');
  await ended;
}

export async function rowsOf(
  { connectionString }: EmbeddedPostgres,
  query: string,
  password?: string,
): Promise<QueryResultRow[]> {
  const url = new URL(connectionString);
  if (password !== undefined) url.password = password;
  const client = new Client({ connectionString: url.href });
  try {
    await client.connect();
    return (await client.query<QueryResultRow>(query)).rows;
  } finally {
    await client.end();
  }
}

/** Waits for the server to have heard of everybody who came and who was killed. */
export async function countAttached(embedded: EmbeddedPostgres, count: number): Promise<void> {
  const query = `select count(*)::int as count from pg_stat_activity where application_name = 'tutor-quality attached'`;
  await vi.waitFor(async () => expect(await rowsOf(embedded, query)).toEqual([{ count }]), { timeout: 20_000 });
}

export async function postmasterPid(dataDir: string): Promise<number> {
  return Number.parseInt(await readFile(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8'), 10);
}

export async function modeOf(path: string): Promise<number> {
  return (await stat(path)).mode & 0o777;
}

/** A directory that is removed at the end of the file. */
export async function temporaryDir(mode = 0o700): Promise<string> {
  const path = await realpath(await mkdtemp(join(tmpdir(), 'tq-')));
  await chmod(path, mode);
  temporaryDirs.push(path);
  return path;
}
