import rateLimit, { type FastifyRateLimitStoreCtor } from '@fastify/rate-limit';
import type { FastifyInstance } from 'fastify';
import { AppError } from '../../errors.ts';
import type { Limit } from '../../limits/counts.ts';
import { sharedCounts } from '../../limits/shared-counts.ts';
import type { SharedRedis } from '../../redis/shared-redis.ts';

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

type Incr = InstanceType<FastifyRateLimitStoreCtor>['incr'];
type Done = Parameters<Incr>[1];

/** The store of the library for Redis would let everybody through while Redis does not answer. */
function countedIn(redis: SharedRedis): FastifyRateLimitStoreCtor {
  const counts = sharedCounts(redis, 'requests', () => performance.now());
  return class SharedStore {
    incr(...[key, done, windowMs, max]: Parameters<Incr>) {
      void this.take(key, { max, windowMs }, done);
    }
    child() {
      return this;
    }
    private async take(key: string, limit: Limit, done: Done) {
      const { count, endsInMs } = await counts.take(key, limit);
      done(null, { current: count, ttl: endsInMs });
    }
  };
}
