import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { mayAct, type Role } from '../../contract/access.ts';
import { AppError } from '../../errors.ts';
import type { Accounts, SignedIn } from '../../users/accounts.ts';
import { expectOwnOrigin, saysItsOrigin } from './own-origin.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The least role that may use the route. Every route says it. */
    access?: Role | 'public';
    /** Whether an `Authorization` header lets its sender use the route too. */
    admits?: (authorization: string | undefined) => boolean;
  }
  interface FastifyRequest {
    /** Names the key or the user, for logs and limits, without giving either away; empty on a public route. */
    caller: string;
    /** Who signed in; `null` for an API key. */
    signedIn: SignedIn | null;
  }
}

export type AuthenticationOptions = { apiKeys: readonly string[]; accounts: Accounts; frontendUrl: string | undefined };

/**
 * Closed by default, also for routes that do not exist: an API key, which may do everything, or the cookie of a
 * signed-in user, who may do what the role allows. Several keys may hold at once, so that they can be rotated.
 */
export function authenticate(app: FastifyInstance, { apiKeys, accounts, frontendUrl }: AuthenticationOptions): void {
  const known = apiKeys.filter((key) => key !== '').map(digest);
  app.decorateRequest('caller', '');
  app.decorateRequest('signedIn', null);

  app.addHook('onRoute', (route) => {
    // The pages of plugins, which take no configuration for their routes.
    if (/^\/api\/docs(\/|$)/.test(route.url)) route.config = { ...route.config, access: 'public' };
    if (/^\/api\/queues(\/|$)/.test(route.url)) route.config = { ...route.config, access: 'admin' };
    if (route.config?.access !== undefined) return;
    throw new Error(`${String(route.method)} ${route.url} does not say who may use it: give it config.access`);
  });

  app.addHook('onRequest', async (request, reply) => {
    const access = request.routeOptions.config?.access;
    if (isElsewhere(request)) return;
    // What was answered to one is nobody else's to see: not by Back after signing out, not from a proxy's store.
    if (access !== 'public') reply.header('cache-control', 'no-store');
    if (access === 'public') {
      if (saysItsOrigin(request)) expectOwnOrigin(request, frontendUrl);
      return;
    }
    if (request.headers['x-api-key'] !== undefined) {
      request.caller = callerOf(request.headers['x-api-key'], known);
      return;
    }
    if (request.routeOptions.config?.admits?.(request.headers.authorization)) {
      request.caller = 'token';
      return;
    }
    const found = request.headers.cookie === undefined ? null : await accounts.whoHas(request.headers.cookie);
    if (found === null) {
      throw new AppError('unauthenticated', 'Sign in, or send a valid API key.', { 'x-api-key': 'is missing' });
    }
    expectOwnOrigin(request, frontendUrl);
    if (access !== undefined && !mayAct(found.user.role, access)) {
      throw new AppError('forbidden', `This needs the role ${access}.`, { role: `is ${found.user.role}` });
    }
    request.signedIn = found;
    request.caller = `user-${found.user.id}`;
    if (found.cookies.length > 0) reply.header('set-cookie', found.cookies);
  });
}

/** Outside the API there is nothing to guard: a path that does not exist there is not found, whoever asks. */
function isElsewhere({ is404, url }: FastifyRequest): boolean {
  return is404 && !url.startsWith('/api');
}

/** Digests have one length and say nothing of the key; all of them are compared, so time tells nothing either. */
function callerOf(given: string | string[], known: readonly Buffer[]): string {
  const offered = digest(String(given));
  const matches = known.filter((key) => timingSafeEqual(key, offered));
  if (matches.length === 0)
    throw new AppError('unauthenticated', 'This API key is not valid.', { 'x-api-key': 'is wrong' });
  return `key-${offered.toString('hex').slice(0, 8)}`;
}

function digest(key: string): Buffer {
  return createHash('sha256').update(key).digest();
}
