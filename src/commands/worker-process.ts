import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { constants, setPriority } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Running } from './run-api.ts';

const RESTART_MS = 1_000;
/** Ctrl-C reaches the worker too, and may do so before it has reached us. */
const STOPPED_MS = 10_000;

/**
 * Runs `worker` as a process of its own, beside the API, and starts it again should it end: a job that has to be
 * killed takes no request with it, and those who post come before mails, since the worker asks for less of the processor.
 */
export function startWorkerProcess(program: string, log: Logger): Running {
  let isStopping = false;
  let worker = startOne();

  function startOne(): ChildProcess {
    const child = fork(program, ['worker'], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    child.on('error', (error) => log.error({ err: error }, 'the worker could not be started'));
    yieldTo(child);
    child.once('exit', (code, signal) => {
      if (!isStopping) void startAgain(code, signal);
    });
    return child;
  }

  async function startAgain(code: number | null, signal: string | null): Promise<void> {
    await wait(code === 0 ? STOPPED_MS : RESTART_MS);
    if (isStopping) return;
    log.error({ code, signal }, 'the worker ended, starting it again');
    worker = startOne();
  }

  return {
    close: async () => {
      isStopping = true;
      if (worker.exitCode !== null || worker.signalCode !== null) return;
      const ended = once(worker, 'exit');
      worker.kill('SIGTERM');
      await ended;
    },
  };
}

/** A process may be gone before it is asked to be modest. */
function yieldTo({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) setPriority(pid, constants.priority.PRIORITY_BELOW_NORMAL);
  } catch (error) {
    if (!(error instanceof Error && 'info' in error)) throw error;
  }
}
