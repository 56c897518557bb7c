import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { AppError } from '../errors.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Open to all. Every route without it needs a key. */
    isPublic?: boolean;
  }
  interface FastifyRequest {
    /** Names the key that was used, without giving it away; empty on a public route. */
    caller: string;
  }
}

/** Closed by default: also for routes that do not exist. Several keys may hold at once, so that they can be rotated. */
export function authenticate(app: FastifyInstance, apiKeys: readonly string[]): void {
  const known = apiKeys.filter((key) => key !== '').map(digest);
  app.decorateRequest('caller', '');
  app.addHook('onRequest', async (request) => {
    if (request.routeOptions.config?.isPublic || isElsewhere(request)) return;
    const caller = callerOf(request.headers['x-api-key'], known);
    if (caller === null) {
      throw new AppError('unauthenticated', 'This needs a valid API key.', { 'x-api-key': 'is missing or wrong' });
    }
    request.caller = caller;
  });
}

/** Outside the API there is nothing to guard: a path that does not exist there is not found, whoever asks. */
function isElsewhere({ is404, url }: FastifyRequest): boolean {
  return is404 && !url.startsWith('/api');
}

/** Digests have one length and say nothing of the key; all of them are compared, so time tells nothing either. */
function callerOf(given: string | string[] | undefined, known: readonly Buffer[]): string | null {
  if (typeof given !== 'string') return null;
  const offered = digest(given);
  const matches = known.filter((key) => timingSafeEqual(key, offered));
  return matches.length > 0 ? `key-${offered.toString('hex').slice(0, 8)}` : null;
}

function digest(key: string): Buffer {
  return createHash('sha256').update(key).digest();
}
