import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, vi } from 'vitest';

const PATIENCE = { timeout: 20_000, interval: 50 };

type Row = { pid: number; parent: number; command: string };

/** The worker that belongs to a `start`; another process than `before`. */
export function workerOf(startPid: number, before = 0): Promise<number> {
  return vi.waitFor(async () => {
    const worker = (await processTable()).find(
      ({ pid, parent, command }) => parent === startPid && pid !== before && command.endsWith('main.ts worker'),
    );
    if (worker === undefined) throw new Error('no worker runs');
    return worker.pid;
  }, PATIENCE);
}

/** The PostgreSQL servers that run on a data directory. */
export async function serversOn(dataDir: string): Promise<number[]> {
  const cluster = join(dataDir, 'postgres');
  return (await processTable()).filter(({ command }) => command.includes(cluster)).map(({ pid }) => pid);
}

/** A process and those that it started. */
export async function familyOf(pid: number): Promise<number[]> {
  const children = (await processTable()).filter(({ parent }) => parent === pid);
  return [pid, ...children.map((child) => child.pid)];
}

/** Waits until none of these processes is left: one that was killed goes a moment later. */
export async function expectGone(pids: readonly number[]): Promise<void> {
  await vi.waitFor(async () => {
    const running = (await processTable()).map(({ pid }) => pid);
    expect(pids.filter((pid) => running.includes(pid))).toEqual([]);
  }, PATIENCE);
}

/** All that run; one that ended and was not yet asked how is no more. */
async function processTable(): Promise<Row[]> {
  const columns = ['-A', '-o', 'pid=,ppid=,stat=,args='];
  const { stdout } = await promisify(execFile)('ps', columns, { maxBuffer: 10_000_000 });
  return Array.from(stdout.matchAll(/^ *(\d+) +(\d+) +([^\sZ]\S*) +(.*)$/gm), ([, pid, parent, , command]) => ({
    pid: Number(pid),
    parent: Number(parent),
    command: command ?? '',
  }));
}
