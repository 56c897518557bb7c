import rateLimit, { type FastifyRateLimitStoreCtor } from '@fastify/rate-limit';
import type { FastifyInstance } from 'fastify';
import { AppError } from '../errors.ts';
import { sharedCounts } from '../limits/shared-counts.ts';
import type { SharedRedis } from '../redis/shared-redis.ts';

/** Counted by the key or user that was proven, never by what a client says of itself; `max` requests a minute. */
export async function limitRequests(app: FastifyInstance, max: number, redis: SharedRedis | null): Promise<void> {
  await app.register(rateLimit, {
    max,
    timeWindow: '1 minute',
    keyGenerator: ({ caller, ip }) => caller || ip,
    allowList: ({ routeOptions }) => routeOptions.config?.access === 'public',
    errorResponseBuilder: (_request, { after }) =>
      new AppError('too_many_requests', `Too many requests. Try again in ${after}.`, { 'retry-after': after }),
    ...(redis === null ? {} : { store: countedIn(redis) }),
  });
}

/** The store of the library for Redis would let everybody through while Redis does not answer. */
function countedIn(redis: SharedRedis): FastifyRateLimitStoreCtor {
  const counts = sharedCounts(redis, 'requests', () => performance.now());
  return class SharedStore {
    incr(...[key, done, windowMs, max]: Parameters<InstanceType<FastifyRateLimitStoreCtor>['incr']>) {
      counts
        .take(key, { max, windowMs })
        .then(({ count, endsInMs }) => done(null, { current: count, ttl: endsInMs }), done);
    }
    child() {
      return this;
    }
  };
}
