import { setTimeout as wait } from 'node:timers/promises';
import type { Logger } from 'pino';
import { messageOf } from '../errors.ts';

/** How far a process is that ends: nothing of what it closes may hold it up for ever. */
export type Stopping = {
  /** Closes a part, for so long at most; what fails or takes longer is said, and left as it is. */
  step: (what: string, withinMs: number, close: () => Promise<unknown>) => Promise<void>;
  /** What is being closed just now. */
  waitingFor: () => string | null;
  /** Whether something was left as it was. */
  hasLeft: () => boolean;
};

export function stoppingOf(log: Logger): Stopping {
  let now: string | null = null;
  let hasLeft = false;
  return {
    step: async (what, withinMs, close) => {
      now = what;
      const late = new AbortController();
      const closed = close().then(
        () => null,
        (error: unknown) => messageOf(error),
      );
      const limit = wait(withinMs, `it took longer than ${withinMs / 1000} s`, { signal: late.signal });
      const obstacle = await Promise.race([closed, limit]);
      late.abort();
      await limit.catch(() => {});
      now = null;
      if (obstacle === null) return;
      hasLeft = true;
      log.error({ what, reason: obstacle }, 'a part did not close, it is left as it is');
    },
    waitingFor: () => now,
    hasLeft: () => hasLeft,
  };
}

/** A log whose reader stands still may hold up the end for so long. */
const LOG_MS = 1_000;

/**
 * Ends the process when its log is written. Where nobody reads that, an exit would wait for the reader for ever: then the
 * process kills itself.
 */
export function endProcess(log: Logger, code = process.exitCode): void {
  setTimeout(() => process.kill(process.pid, 'SIGKILL'), LOG_MS).unref();
  log.flush(() => process.exit(code));
}
