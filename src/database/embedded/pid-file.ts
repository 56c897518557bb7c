import { execFile } from 'node:child_process';
import { link, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { errorCode } from './error-code.ts';
import { isRunning } from './scratch.ts';

/** What a server says about itself in its data directory; `socketDir` is empty until it listens. */
export type PidFile = { pid: number; socketDir: string };

/** A file that is still empty after this time was left by a crash between its making and its first line. */
const EMPTY_FILE_AGE_MS = 10_000;

/** The lock file of the server in `cluster`, or `null` when there is none; pid 0 when nothing stands in it. */
export async function readPidFile(cluster: string): Promise<PidFile | null> {
  const text = await readFile(pidFilePath(cluster), 'utf8').catch(unlessMissing);
  if (text === null) return null;
  const lines = text.split('\n');
  return { pid: Number.parseInt(lines[0] ?? '', 10) || 0, socketDir: (lines[4] ?? '').trim() };
}

/**
 * Whether the process is alive and the server of this cluster. After a power cut the number may belong to any
 * program, and in a container without an init process to a dead server that nobody buried.
 */
export async function isServerOf(cluster: string, { pid }: PidFile): Promise<boolean> {
  if (pid === 0) return !(await isOldFile(pidFilePath(cluster)));
  return isRunning(pid) && (await commandLine(pid)).includes(` -D ${cluster} `);
}

/**
 * Takes the lock files of a dead server away where a stranger has its number now; otherwise PostgreSQL does so itself.
 * A file that another process has just put in the place of the dead one is put back.
 */
export async function removeStale(cluster: string, { pid, socketDir }: PidFile): Promise<void> {
  if (pid !== 0 && !isRunning(pid)) return;
  if (socketDir !== '') await takeAway(join(socketDir, '.s.PGSQL.5432.lock'), pid);
  await takeAway(pidFilePath(cluster), pid);
}

async function takeAway(path: string, pid: number): Promise<void> {
  const aside = `${path}.${process.pid}.stale`;
  try {
    await rename(path, aside);
    const found = Number.parseInt(await readFile(aside, 'utf8'), 10) || 0;
    if (found !== pid) await link(aside, path).catch(() => undefined);
    await rm(aside);
  } catch (error) {
    unlessMissing(error);
  }
}

/** The words a process was started with, joined by spaces; empty for one that is gone or may not be looked at. */
async function commandLine(pid: number): Promise<string> {
  if (process.platform === 'linux') {
    const text = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
    return text.replaceAll('\0', ' ');
  }
  const listing = await promisify(execFile)('/bin/ps', ['-ww', '-o', 'command=', '-p', String(pid)]).catch(() => null);
  return listing?.stdout ?? '';
}

async function isOldFile(path: string): Promise<boolean> {
  const status = await stat(path).catch(() => null);
  return status === null || Date.now() - status.mtimeMs > EMPTY_FILE_AGE_MS;
}

function pidFilePath(cluster: string): string {
  return join(cluster, 'postmaster.pid');
}

function unlessMissing(error: unknown): null {
  if (errorCode(error) === 'ENOENT') return null;
  throw error;
}
