import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, vi } from 'vitest';
import { attachEmbeddedPostgres } from '../src/database/embedded/attach.ts';
import { isServerOf, readPidFile } from '../src/database/embedded/pid-file.ts';
import { SCRATCH_DIR } from './scratch.ts';

const MAIN = fileURLToPath(new URL('../src/main.ts', import.meta.url));
/** A first start makes a database and fills it, on a machine where other tests run. */
const PATIENCE_MS = 60_000;

export type Ended = { code: number | null; signal: NodeJS.Signals | null; stdout: string; stderr: string };

/** A real process of the app, in a process group of its own. */
export type Program = {
  pid: number;
  stderr(): string;
  /** Waits until standard error holds a match; returns its first group, or all of it. Fails when the process ends first. */
  says(pattern: RegExp): Promise<string>;
  /** Sends a signal to the process alone, as a supervisor does, and waits for its end. */
  stop(signal: NodeJS.Signals): Promise<Ended>;
  /** Sends a signal to the process and all that it started, as Ctrl-C in a terminal does, and waits for its end. */
  stopAll(signal: NodeJS.Signals): Promise<Ended>;
  /** Whoever reads what it says is gone. */
  hangUp(): void;
  /** Nobody reads standard error from now on, until it is read again. */
  ignore(isIgnored: boolean): void;
  /** Ends the process and all that it started, at once. */
  kill(): Promise<void>;
  ended: Promise<Ended>;
};

export type Environment = Record<string, string>;

/** To be called once in a test file: what starts its programs, and leaves none of them behind. */
export function programs() {
  const started: Program[] = [];
  const dirs: string[] = [];

  afterAll(async () => {
    await Promise.all(started.map((program) => program.kill()));
    for (const dir of dirs) {
      await stopPostgres(dir);
      await rm(dir, { recursive: true, force: true });
    }
  });

  const newDir = async (): Promise<string> => {
    const dir = await realpath(await mkdtemp(join(SCRATCH_DIR, 'tq-')));
    // As root the database server runs as another user, who has to pass.
    await chmod(dir, 0o711);
    dirs.push(dir);
    return dir;
  };
  const start = async (args: string[], environment: Environment, input = ''): Promise<Program> => {
    // Away from the checkout, whose `.env` is nobody's business here.
    const cwd = await newDir();
    // Compiled once for all of them: half of what a short command takes.
    const cache = join(tmpdir(), 'node-compile-cache');
    const env = { PATH: process.env['PATH'], NODE_COMPILE_CACHE: cache, PORT: '0', DATA_DIR: cwd, ...environment };
    const child = spawn(process.execPath, [MAIN, ...args], {
      cwd,
      env,
      detached: true,
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    // A program that is gone before it has read is told by its exit code.
    child.stdin.on('error', () => {}).end(input);
    const program = programOf(child);
    started.push(program);
    return program;
  };
  return {
    newDir,
    start,
    /** Runs a command to its end; `input` is what it may read from standard input. */
    run: async (args: string[], environment: Environment, input = ''): Promise<Ended> =>
      (await start(args, environment, input)).ended,
  };
}

function programOf(child: ChildProcess & { stdout: NodeJS.ReadableStream; stderr: NodeJS.ReadableStream }): Program {
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (text) => (stdout += String(text)));
  child.stderr.on('data', (text) => (stderr += String(text)));
  const ended = once(child, 'close').then(
    (): Ended => ({ code: child.exitCode, signal: child.signalCode, stdout, stderr }),
  );
  const pid = Number(child.pid);
  return {
    pid,
    ended,
    stderr: () => stderr,
    says: async (pattern) => {
      const said = vi.waitFor(() => expect(stderr).toMatch(pattern), { timeout: PATIENCE_MS, interval: 10 });
      await Promise.race([said, ended.finally(() => void said.catch(() => {}))]);
      const match = pattern.exec(stderr);
      if (match === null) throw new Error(`ended with ${child.exitCode}: ${stderr}`);
      return match[1] ?? match[0];
    },
    stop: (signal) => {
      child.kill(signal);
      return ended;
    },
    stopAll: (signal) => {
      signalGroup(pid, signal);
      return ended;
    },
    hangUp: () => void child.stderr.destroy(),
    ignore: (isIgnored) => void (isIgnored ? child.stderr.pause() : child.stderr.resume()),
    kill: async () => {
      child.stderr.resume();
      signalGroup(pid, 'SIGKILL');
      await ended;
    },
  };
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}

/** Whether the database server of a data directory runs. */
export async function hasPostgres(dataDir: string): Promise<boolean> {
  const cluster = join(dataDir, 'postgres');
  const pidFile = await readPidFile(cluster);
  return pidFile !== null && isServerOf(cluster, pidFile);
}

/** The server of an app that was killed runs on: whoever attaches to it and leaves as the last stops it. */
async function stopPostgres(dataDir: string): Promise<void> {
  if (await hasPostgres(dataDir)) await (await attachEmbeddedPostgres(dataDir, () => {})).release();
}
