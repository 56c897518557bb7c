import type { Logger } from 'pino';
import { failureOf } from '../database/failures.ts';
import {
  isAnswering,
  type OpenWorker,
  openWorker,
  PROCESS_SESSIONS,
  type QueueLocation,
  type QueueName,
  SEND_REPORT,
} from './backend.ts';
import { seldom } from './seldom.ts';
import { type TimeLimits, withTimeLimits } from './time-limits.ts';

export type Handlers = {
  processSessions(signal: AbortSignal): Promise<void>;
  /** Returns the milliseconds until the report should be looked at again, or `null` when there is nothing more to do. */
  sendReport(reportId: string): Promise<number | null>;
};

export type RunningWorker = {
  /** Finishes what is in hand and takes nothing new. */
  close(): Promise<void>;
};

/** As many as there are connections to a mail server; more would only take time from whoever posts. */
const SENDING_AT_ONCE = 5;
/** A worker that was killed is noticed, and its jobs are taken over, within twice this time. */
const LOCK_MS = 5_000;

/** Listens to the queue until it is closed, and waits for one that cannot be reached. All that it knows of a job is an id; the truth is in the tables. */
export function runWorker(location: QueueLocation, handlers: Handlers, limits: TimeLimits, log: Logger): RunningWorker {
  const inHand = new Set<Promise<void>>();
  const limited = async <Result>(job: QueueName, run: (signal: AbortSignal) => Promise<Result>): Promise<Result> => {
    const { promise, resolve } = Promise.withResolvers<void>();
    inHand.add(promise);
    try {
      return await withTimeLimits(job, limits, run);
    } finally {
      inHand.delete(promise);
      resolve();
    }
  };
  const common = { lockDuration: LOCK_MS, stalledInterval: LOCK_MS, maxStalledCount: 1_000, drainDelay: 30 };
  const sessions = openWorker(
    location,
    PROCESS_SESSIONS,
    () => limited(PROCESS_SESSIONS, (signal) => handlers.processSessions(signal)),
    { ...common, concurrency: 1 },
  );
  const reports = openWorker(
    location,
    SEND_REPORT,
    async ({ id }) => {
      if (id === undefined) return;
      const retryMs = await limited(SEND_REPORT, () => handlers.sendReport(id));
      if (retryMs !== null) throw new LookAgain(retryMs);
    },
    { ...common, concurrency: SENDING_AT_ONCE, settings: { backoffStrategy } },
  );
  for (const worker of [sessions, reports]) report(worker, log);
  return {
    close: async () => {
      const workers = [sessions, reports];
      await Promise.all(workers.map((worker) => worker.pause(true)));
      const isHere = await isAnswering(sessions);
      // BullMQ would wait for a Redis that is gone, for ever; the jobs that it can't tick off do no harm when they run again.
      if (!isHere) await Promise.all(inHand);
      await Promise.all(workers.map((worker) => worker.close(!isHere)));
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
const AFTER_A_DEADLOCK_MS = 1_000;

function backoffStrategy(_attempts: number, _type?: string, error?: Error): number {
  if (error instanceof LookAgain) return Math.max(error.afterMs, 1);
  return isDeadlock(error) ? AFTER_A_DEADLOCK_MS : AFTER_A_BUG_MS;
}

/** The queue's own statements fall out with each other when many jobs come due at once; the job was done and runs again. */
function isDeadlock(error: unknown): boolean {
  return failureOf(error) === 'try_again';
}

function report(worker: OpenWorker, log: Logger): void {
  const onError = seldom((error: Error) =>
    log.warn({ queue: worker.name, reason: error.message }, 'queue connection failed'),
  );
  const onFailed = (job: { id?: string | undefined } | undefined, error: Error) => {
    if (error instanceof LookAgain) return;
    if (isDeadlock(error)) log.warn({ queue: worker.name, job: job?.id, reason: error.message }, 'job will run again');
    else log.error({ queue: worker.name, job: job?.id, err: error }, 'job failed');
  };
  worker.on('error', onError);
  worker.on('failed', onFailed);
}
