import { Redis } from 'ioredis';
import { inject } from 'vitest';
import { type OpenQueue, openQueue, type QueueLocation, type QueueName } from '../src/queue/backend.ts';
import { createTestDatabase } from './database.ts';
import { openDatabaseLine, type Proxy, startProxy } from './proxy.ts';

/** An empty queue of the test's own. */
export type TestQueue = {
  location: QueueLocation;
  /** A location of the same queue, on a line that can be cut. */
  openLine(): Promise<Proxy & { location: QueueLocation }>;
  drop(): Promise<void>;
};

export type QueueBackend = { kind: QueueLocation['kind']; isMissing: boolean; open(): Promise<TestQueue> };

/**
 * Both places where the queue may live, for tests that hold on either. Files run beside each other: each has a
 * `redisDb` to itself.
 */
export function queueBackends(redisDb: number): QueueBackend[] {
  const redisUrl = inject('redisUrl');
  return [
    { kind: 'postgres', isMissing: false, open: openOnPostgres },
    { kind: 'redis', isMissing: redisUrl === null, open: () => openOnRedis(`${redisUrl}/${redisDb}`) },
  ];
}

async function openOnPostgres(): Promise<TestQueue> {
  const { connectionString, drop } = await createTestDatabase({ empty: true });
  const openLine = async () => {
    const line = await openDatabaseLine(connectionString);
    return { ...line, location: { kind: 'postgres', connectionString: line.connectionString } as const };
  };
  return { location: { kind: 'postgres', connectionString }, openLine, drop };
}

async function openOnRedis(url: string): Promise<TestQueue> {
  await flush(url);
  const openLine = async () => {
    const through = new URL(url);
    const proxy = await startProxy({ host: through.hostname, port: Number(through.port) });
    through.port = String(proxy.port);
    return { ...proxy, location: { kind: 'redis', url: through.href } as const };
  };
  return { location: { kind: 'redis', url }, openLine, drop: () => flush(url) };
}

async function flush(url: string): Promise<void> {
  const redis = new Redis(url);
  await redis.flushdb();
  await redis.quit();
}

/** A look into a queue, for as long as `look` takes. */
export async function withQueue<Result>(
  location: QueueLocation,
  name: QueueName,
  look: (queue: OpenQueue) => Promise<Result>,
): Promise<Result> {
  const queue = openQueue(location, name);
  // The database may be dropped while the last connection still says goodbye.
  queue.on('error', () => {});
  try {
    return await look(queue);
  } finally {
    await queue.close();
  }
}
