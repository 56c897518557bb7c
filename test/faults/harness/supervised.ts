import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';

export type Command = {
  name: string;
  program: string;
  args: string[];
  env: Record<string, string | undefined>;
  cwd: string;
  /** What the process says when it is ready. */
  ready: RegExp;
  uid?: number;
  gid?: number;
};

/** A line that a process wrote, and when it came. */
export type Said = { from: string; at: number; text: string };
/** A process that ended although nobody ended it. */
export type Surprise = { name: string; at: number; code: number | null; signal: string | null; wasReady: boolean };

const START_AGAIN_MS = 500;
const READY_MS = 60_000;
const END_MS = 45_000;

/** None outlives the harness. */
const running = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/** A process under a supervisor: one that ends by itself is noted and started again. */
export class Supervised {
  readonly name: string;
  readonly surprises: Surprise[] = [];
  readonly #command: Command;
  readonly #heard: (said: Said) => void;
  #child: ChildProcess | null = null;
  #isWanted = false;
  #ready = Promise.withResolvers<void>();
  #rest = '';

  /** `heard` gets every line that the process writes. */
  constructor(command: Command, heard: (said: Said) => void) {
    this.name = command.name;
    this.#command = command;
    this.#heard = heard;
  }

  get pid(): number | null {
    return this.#child?.pid ?? null;
  }

  /** Starts it and waits until it is ready, however often it takes. */
  async start(): Promise<void> {
    this.#isWanted = true;
    this.#ready = Promise.withResolvers<void>();
    const ready = this.#ready.promise;
    this.#spawn();
    const late = wait(READY_MS, 'late', { ref: false });
    if ((await Promise.race([ready, late])) === 'late') throw new Error(`${this.name} was not ready in a minute`);
  }

  /**
   * Ends it with a signal and waits for its end; it is not started again. Returns the exit code; `null` for one that
   * was killed, be it because it heard of no other signal.
   */
  async end(signal: NodeJS.Signals): Promise<number | null> {
    this.#isWanted = false;
    const child = this.#child;
    if (child === null || child.exitCode !== null || child.signalCode !== null) return child?.exitCode ?? null;
    const ended = once(child, 'exit');
    child.kill(signal);
    // One that stands still hears of no other signal.
    if (signal !== 'SIGKILL') child.kill('SIGCONT');
    const patience = setTimeout(() => child.kill('SIGKILL'), END_MS);
    await ended;
    clearTimeout(patience);
    return child.exitCode;
  }

  signal(signal: 'SIGSTOP' | 'SIGCONT'): void {
    this.#child?.kill(signal);
  }

  /** Resident memory in MB; 0 when it does not run. */
  async memoryMb(): Promise<number> {
    const status = this.pid === null ? '' : await readFile(`/proc/${this.pid}/status`, 'utf8').catch(() => '');
    return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) / 1024;
  }

  #spawn(): void {
    const { program, args, env, cwd, uid, gid } = this.#command;
    const account = uid === undefined || gid === undefined ? {} : { uid, gid };
    const child = spawn(program, args, { env, cwd, stdio: ['ignore', 'pipe', 'pipe'], ...account });
    this.#child = child;
    running.add(child);
    this.#rest = '';
    let wasReady = false;
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        const lines = (this.#rest + text).split('\n');
        this.#rest = lines.pop() ?? '';
        for (const line of lines) {
          this.#heard({ from: this.name, at: Date.now(), text: line });
          if (!this.#command.ready.test(line)) continue;
          wasReady = true;
          this.#ready.resolve();
        }
      });
    }
    child.once('exit', (code, signal) => {
      running.delete(child);
      if (!this.#isWanted || child !== this.#child) return;
      this.surprises.push({ name: this.name, at: Date.now(), code, signal, wasReady });
      setTimeout(() => {
        if (this.#isWanted && child === this.#child) this.#spawn();
      }, START_AGAIN_MS);
    });
  }
}
