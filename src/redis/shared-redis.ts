import { Redis, ReplyError } from 'ioredis';
import type { Logger } from 'pino';
import { messageOf } from '../errors.ts';
import { seldom } from '../seldom.ts';

/** A Redis that processes share for what may be lost at any time: kept answers, and counts for limits. */
export type SharedRedis = {
  /** What `run` comes to; `null` when Redis does not answer, says no, or is known not to answer just now. */
  ask<Result>(run: (redis: Redis) => Promise<Result>): Promise<Result | null>;
  close(): void;
};

/** What is read in its place takes less than that. */
const ANSWER_MS = 100;
/** After a failure so long nobody waits for it again; then one at a time looks whether it is back. */
const REST_MS = 1_000;

/** `prefix` stands before every key: of the product and its database. */
export function openSharedRedis(url: string, prefix: string, log: Logger): SharedRedis {
  const redis = new Redis(url, {
    keyPrefix: prefix,
    commandTimeout: ANSWER_MS,
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    retryStrategy: (tries) => Math.min(500 * tries, 3_000),
  });
  const failed = seldom((error: unknown) =>
    log.warn({ reason: messageOf(error) }, 'Redis does not answer, answers come without it'),
  );
  redis.on('error', failed);
  /** Zero while all is well. */
  let restsUntil = 0;
  return {
    ask: async (run) => {
      if (redis.status !== 'ready' || performance.now() < restsUntil) return null;
      if (restsUntil > 0) restsUntil = performance.now() + REST_MS;
      try {
        const result = await run(redis);
        restsUntil = 0;
        return result;
      } catch (error) {
        failed(error);
        // One that is full says no to what it is to keep, and yet reads.
        if (!(error instanceof ReplyError)) restsUntil = performance.now() + REST_MS;
        return null;
      }
    },
    close: () => redis.disconnect(),
  };
}
