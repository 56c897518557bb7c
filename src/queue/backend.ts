import type { EventEmitter } from 'node:events';
import {
  createPostgresBackend,
  type Processor,
  Queue,
  type QueueOptions,
  Worker,
  type WorkerOptions,
  withBackend,
} from 'bullmq';
import { beat, CONNECTION_SETTINGS, neverSilentFor } from '../database/connection.ts';

/** Where the queue lives: beside the data, or on Redis when there is one. */
export type QueueLocation =
  | {
      kind: 'postgres';
      connectionString: string;
      /** How long a connection may be silent before it counts as dead. Default: 20 s. */
      silenceMs?: number;
    }
  | { kind: 'redis'; url: string };

/** One queue "look, there is work", one with a job a report. */
export const PROCESS_SESSIONS = 'process-sessions';
export const SEND_REPORT = 'send-report';
export type QueueName = typeof PROCESS_SESSIONS | typeof SEND_REPORT;

const onPostgres = withBackend(createPostgresBackend);

/** The sending side. It never waits for a lost connection: a signal that can't go out now is made up for by a sweep. */
export function openQueue(location: QueueLocation, name: QueueName) {
  const options: Omit<QueueOptions, 'connection'> = {
    defaultJobOptions: { removeOnComplete: true, removeOnFail: true },
  };
  if (location.kind === 'postgres')
    return new onPostgres.Queue(name, { ...options, connection: postgres(location, 2) });
  return new Queue(name, {
    ...options,
    connection: {
      ...redis(location),
      enableOfflineQueue: false,
      maxRetriesPerRequest: 1,
      socketTimeout: ANSWER_LIMIT_MS,
    },
  });
}

export type OpenQueue = ReturnType<typeof openQueue>;

/** The receiving side. It does wait for a lost connection, for ever. */
export function openWorker(
  location: QueueLocation,
  name: QueueName,
  processor: Processor,
  options: Omit<WorkerOptions, 'connection'>,
) {
  if (location.kind === 'postgres') {
    const connection = postgres(location, (options.concurrency ?? 1) + 2);
    return new onPostgres.Worker(name, processor, { ...options, connection });
  }
  // It asks for work with a question that stays open for as long as there is none.
  const socketTimeout = ANSWER_LIMIT_MS + 1_000 * (options.drainDelay ?? 0);
  return new Worker(name, processor, {
    ...options,
    connection: { ...redis(location), maxRetriesPerRequest: null, socketTimeout },
  });
}

export type OpenWorker = ReturnType<typeof openWorker>;

const ANSWER_MS = 1_000;

/** Whether the queue answers now. */
export async function isAnswering(part: OpenQueue | OpenWorker): Promise<boolean> {
  const late = new Promise<false>((resolve) => {
    setTimeout(() => resolve(false), ANSWER_MS).unref();
  });
  const answer = part
    .getBackend()
    .getCounts(['waiting'])
    .then(
      () => true,
      () => false,
    );
  return Promise.race([answer, late]);
}

/** The jobs of a queue by state; those that are done are not kept. */
export async function countJobs(queue: OpenQueue): Promise<Record<string, number>> {
  return queue.getJobCounts('waiting', 'active', 'delayed');
}

/** What the queue is asked is short: whatever is not answered for so long never will be, and the connection is dead. */
const ANSWER_LIMIT_MS = 20_000;

/** A lost Redis is looked for every few seconds; BullMQ by itself would soon wait for 20. */
function redis({ url }: Extract<QueueLocation, { kind: 'redis' }>) {
  return { url, retryStrategy: (tries: number) => Math.min(500 * tries, 3_000) };
}

/**
 * The backend makes its own tables, in a schema of its own. A server that crashes may forget the last signals, which
 * the sweeps make up for: so nobody waits for the disk on their account.
 */
function postgres({ connectionString, silenceMs = ANSWER_LIMIT_MS }: OnPostgres, max: number) {
  const options = `${CONNECTION_SETTINGS.options} -c synchronous_commit=off`;
  const pool = { connectionString, max, ...CONNECTION_SETTINGS, options, query_timeout: 2 * silenceMs };
  // One at rest is closed before its silence is taken for a dead line.
  const limits = { stream: neverSilentFor(silenceMs), idleTimeoutMillis: silenceMs / 2 };
  return { ...pool, ...limits, schema: 'bullmq', migrate: true, onConnect: surviveBreaks };
}

type OnPostgres = Extract<QueueLocation, { kind: 'postgres' }>;

/** Of a pooled connection: one that breaks while it is lent out and nobody listens would end the process. */
function surviveBreaks(client: EventEmitter): void {
  client.on('error', () => {});
}

/**
 * Until it is stopped, says something now and then on the connection on which a worker is told of work, where else nothing
 * is said for hours: so a dead one is noticed like all others, and the worker opens another one.
 */
export function keepInTouch(location: QueueLocation, name: QueueName, worker: OpenWorker, stopped: AbortSignal): void {
  // The connection to Redis asks again and again by itself.
  if (location.kind === 'redis') return;
  const { silenceMs = ANSWER_LIMIT_MS } = location;
  // It has that name already. What breaks says so to the worker.
  const asking = beat(() => worker.getBackend().setName(name), silenceMs / 2);
  stopped.addEventListener('abort', asking.stop);
}
