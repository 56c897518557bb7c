import { createHash } from 'node:crypto';
import type { SharedRedis } from '../redis/shared-redis.ts';
import { type Count, type Limit, ownCounts } from './counts.ts';

/** Counts of one name. */
export type Counts = {
  take(key: string, limit: Limit): Promise<Count>;
  giveBack(key: string): Promise<void>;
};

/**
 * Counts for all processes on one Redis together; in this process alone without Redis, and while it does not answer.
 * `now` in milliseconds, from any beginning.
 */
export function sharedCounts(redis: SharedRedis | null, name: string, now: () => number): Counts {
  const own = ownCounts(now);
  // A digest, because a key may be somebody's address.
  const keyOf = (key: string) => `limit:${name}:${createHash('sha256').update(key).digest('base64url')}`;
  return {
    take: async (key, limit) => {
      const taken = await redis?.ask((client) => client.eval(TAKE, 1, keyOf(key), limit.max, limit.windowMs));
      return countIn(taken) ?? own.take(key, limit);
    },
    giveBack: async (key) => {
      const taken = await redis?.ask((client) => client.eval(GIVE_BACK, 1, keyOf(key)));
      if (typeof taken !== 'number') own.giveBack(key);
    },
  };
}

/** In one step, so that two processes never take the same place. */
const TAKE = `
local max, window = tonumber(ARGV[1]), tonumber(ARGV[2])
local count = tonumber(redis.call('get', KEYS[1]) or '0')
if count < max then count = redis.call('incr', KEYS[1]) else count = max + 1 end
local ends = redis.call('pttl', KEYS[1])
if ends < 0 then
  redis.call('pexpire', KEYS[1], window)
  ends = window
end
return {count, ends}`;

const GIVE_BACK = `
local count = tonumber(redis.call('get', KEYS[1]) or '0')
if count > 0 then count = redis.call('decr', KEYS[1]) end
return count`;

function countIn(taken: unknown): Count | null {
  if (!Array.isArray(taken)) return null;
  const [count, endsInMs]: unknown[] = taken;
  return typeof count === 'number' && typeof endsInMs === 'number' ? { count, endsInMs } : null;
}
