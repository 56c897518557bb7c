import type { Logger } from 'pino';
import { type OpenWorker, openWorker, PROCESS_SESSIONS, type QueueLocation, SEND_REPORT } from './backend.ts';
import { type TimeLimits, withTimeLimits } from './time-limits.ts';

export type Handlers = {
  processSessions(signal: AbortSignal): Promise<void>;
  /** Returns the milliseconds until the report should be looked at again, or `null` when there is nothing more to do. */
  sendReport(reportId: string, signal: AbortSignal): Promise<number | null>;
};

export type RunningWorker = {
  /** Finishes what is in hand and takes nothing new. */
  close(): Promise<void>;
};

const SENDING_AT_ONCE = 10;
/** A worker that was killed is noticed, and its jobs are taken over, within twice this time. */
const LOCK_MS = 5_000;

/** Listens to the queue until it is closed, and waits for one that cannot be reached. All that it knows of a job is an id; the truth is in the tables. */
export function runWorker(
  location: QueueLocation,
  handlers: Handlers,
  limits: TimeLimits,
  log: Logger,
): RunningWorker {
  const common = { lockDuration: LOCK_MS, stalledInterval: LOCK_MS, maxStalledCount: 1_000, drainDelay: 30 };
  const sessions = openWorker(
    location,
    PROCESS_SESSIONS,
    () => withTimeLimits(PROCESS_SESSIONS, limits, (signal) => handlers.processSessions(signal)),
    { ...common, concurrency: 1 },
  );
  const reports = openWorker(
    location,
    SEND_REPORT,
    async ({ id }) => {
      if (id === undefined) return;
      const retryMs = await withTimeLimits(SEND_REPORT, limits, (signal) => handlers.sendReport(id, signal));
      if (retryMs !== null) throw new LookAgain(retryMs);
    },
    { ...common, concurrency: SENDING_AT_ONCE, settings: { backoffStrategy } },
  );
  for (const worker of [sessions, reports]) report(worker, log);
  return {
    close: async () => {
      await Promise.all([sessions.close(), reports.close()]);
    },
  };
}

/** BullMQ delays a job only when it fails, so a report that has to wait fails with the time it has to wait. */
class LookAgain extends Error {
  readonly afterMs: number;

  constructor(afterMs: number) {
    super(`look again in ${afterMs} ms`);
    this.afterMs = afterMs;
  }
}

const AFTER_A_BUG_MS = 60_000;

function backoffStrategy(_attempts: number, _type?: string, error?: Error): number {
  return error instanceof LookAgain ? Math.max(error.afterMs, 1) : AFTER_A_BUG_MS;
}

function report(worker: OpenWorker, log: Logger): void {
  const onError = (error: Error) => log.warn({ queue: worker.name, reason: error.message }, 'queue connection failed');
  const onFailed = (job: { id?: string | undefined } | undefined, error: Error) => {
    if (!(error instanceof LookAgain)) log.error({ queue: worker.name, job: job?.id, err: error }, 'job failed');
  };
  worker.on('error', onError);
  worker.on('failed', onFailed);
}
