import type { Job, Processor, WorkerOptions } from 'bullmq';
import type { Logger } from 'pino';
import { inContext } from '../context.ts';
import { failureOf } from '../database/statements/failures.ts';
import { seldom } from '../seldom.ts';
import { inSpan } from '../tracing/spans.ts';
import {
  isAnswering,
  keepInTouch,
  type OpenWorker,
  openWorker,
  PROCESS_SESSIONS,
  type QueueLocation,
  type QueueName,
  SEND_REPORT,
} from './backend.ts';
import { originOf } from './origin.ts';
import { type Steady, steady } from './steady.ts';
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
  const limited = async <Result>(
    name: QueueName,
    job: Job,
    run: (signal: AbortSignal) => Promise<Result>,
  ): Promise<Result> => {
    const { promise, resolve } = Promise.withResolvers<void>();
    inHand.add(promise);
    try {
      return await inJobSpan(name, job, () => withTimeLimits(name, limits, run));
    } finally {
      inHand.delete(promise);
      resolve();
    }
  };
  const open = (name: QueueName, processor: Processor, options: Partial<WorkerOptions>): Steady<OpenWorker> => {
    const all = { lockDuration: LOCK_MS, stalledInterval: LOCK_MS, maxStalledCount: 1_000, drainDelay: 30, ...options };
    const failed = seldom((error: Error) =>
      log.warn({ queue: name, reason: error.message }, 'queue connection failed'),
    );
    const openOne = () => {
      const worker = openWorker(location, name, (job) => inJob(name, job, () => processor(job)), {
        ...all,
        autorun: false,
      });
      worker.on('error', failed);
      worker.on('failed', (job, error) => inJob(name, job, () => report(log, error)));
      return worker;
    };
    return steady(openOne, failed, (worker, stopped) => {
      void worker.run().catch(failed);
      keepInTouch(location, name, worker, stopped);
    });
  };
  const sessions = open(
    PROCESS_SESSIONS,
    (job) => limited(PROCESS_SESSIONS, job, (signal) => handlers.processSessions(signal)),
    { concurrency: 1 },
  );
  const reports = open(
    SEND_REPORT,
    async (job) => {
      const { id } = job;
      if (id === undefined) return;
      const retryMs = await limited(SEND_REPORT, job, () => handlers.sendReport(id));
      if (retryMs !== null) throw new LookAgain(retryMs);
    },
    { concurrency: SENDING_AT_ONCE, settings: { backoffStrategy } },
  );
  return {
    close: async () => {
      for (const part of [sessions, reports]) part.stop();
      const workers = [sessions.current(), reports.current()];
      await Promise.all(workers.map((worker) => worker.pause(true)));
      const isHere = await isAnswering(sessions.current());
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

function report(log: Logger, error: Error): void {
  if (error instanceof LookAgain) return;
  if (isDeadlock(error)) log.warn({ reason: error.message }, 'job will run again');
  else log.error({ err: error }, 'job failed');
}

/** A part of the trace that its signal came from. */
function inJobSpan<Result>(name: QueueName, job: Job, run: () => Promise<Result>): Promise<Result> {
  const attributes = {
    'messaging.system': 'bullmq',
    'messaging.operation.name': 'process',
    'messaging.operation.type': 'process',
    'messaging.destination.name': name,
    'messaging.message.id': String(job.id),
  };
  return inSpan(`process ${name}`, { kind: 'consumer', attributes, parent: originOf(job.data).traceparent }, run);
}

/** Whatever a job does says which job it is, and which request caused it. */
function inJob<Result>(name: QueueName, job: Job | undefined, run: () => Result): Result {
  const { request_id } = originOf(job?.data);
  const ids = {
    ...(job?.id === undefined ? {} : { job_id: job.id }),
    ...(request_id === undefined ? {} : { request_id }),
  };
  return inContext({ job: name, ...ids }, run);
}
