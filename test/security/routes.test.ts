import { randomUUID } from 'node:crypto';
import type { InjectOptions } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROLES, type Role } from '../../src/contract/access.ts';
import { API_KEY, createTestApp, type TestApp } from '../app.ts';
import { type RegisteredRoute, registeredWhile } from '../registered-routes.ts';
import { signIn, type TestUser } from '../sign-in.ts';

let api: TestApp;
let routes: RegisteredRoute[];
let users: Record<Role, TestUser>;
beforeAll(async () => {
  [api, routes] = await registeredWhile(() => createTestApp());
  const [viewer, coach, admin] = await Promise.all([signIn(api, 'viewer'), signIn(api, 'coach'), signIn(api, 'admin')]);
  users = { viewer, coach, admin };
});
afterAll(() => api.close());

/** Pages and files, which nothing documents: who may have them is in the list all the same. */
const UNDOCUMENTED = /^\/(?!api\/)|^\/api\/(docs|queues|openapi\.json)(\/|$)/;
/**
 * Ends the very session that asks, would not end, answers preflights, or is refused to all by the page of the queues:
 * what each says to whom has tests of its own.
 */
const APART = /^\*$|^\/api\/(sign-out|sign-out-everywhere|events|queues\/api\/redis\/stats)$/;

describe('the list of the router', () => {
  it('has as many routes as are documented, and beside them only pages and files', () => {
    const paths: Record<string, object> = JSON.parse(JSON.stringify(api.app.swagger().paths));
    const documented = Object.entries(paths).flatMap(([path, operations]) =>
      Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`),
    );
    const registered = routes
      .filter(({ method, url }) => method !== 'HEAD' && method !== 'OPTIONS' && !UNDOCUMENTED.test(url))
      .map(({ method, url }) => `${method} ${url.replace(/:(\w+)/g, '{$1}')}`);
    expect(registered.toSorted()).toEqual(documented.toSorted());
    expect(registered.length).toBeGreaterThan(25);
  });

  it('has no route that changes something beside those that are documented', () => {
    const changing = routes.filter(({ method, url }) => !/^(GET|HEAD|OPTIONS)$/.test(method) && UNDOCUMENTED.test(url));
    expect(changing).toEqual([]);
  });

  it('lets everybody only to pages, files, documentation, health and sign-in', () => {
    const open = routes.filter(({ method, access }) => access === 'public' && method !== 'HEAD').map(({ url }) => url);
    const isExpected = (url: string) =>
      !url.startsWith('/api') || /^\/api\/(docs(\/.*)?|openapi\.json|health|livez|me|sign-in)$/.test(url);
    expect(open.filter((url) => !isExpected(url))).toEqual([]);
  });
});

describe('every route of the router', () => {
  it.each(['nobody', ...ROLES] as const)('is open to %s as far as it says, by whatever method', async (caller) => {
    const headers = caller === 'nobody' ? {} : users[caller].headers;
    const wrong: string[] = [];
    for (const { method, url, access } of routes.filter((route) => !APART.test(route.url))) {
      const answer = await api.app.inject({ method: methodOf(method), url: concrete(url), headers });
      const said = answer.statusCode === 401 || answer.statusCode === 403 ? answer.statusCode : 'let in';
      const due = dueTo(caller, access);
      if (said !== due) wrong.push(`${method} ${url}: ${said}, not ${due}`);
      if (said !== 'let in' && method === 'HEAD' && answer.body !== '') wrong.push(`${method} ${url} has a body`);
    }
    expect(wrong).toEqual([]);
  });

  it('knows no other method, and says so to nobody who is not let in', async () => {
    const wrong: string[] = [];
    const urls = new Set(routes.map(({ url }) => url).filter((url) => url.startsWith('/api/') && !url.endsWith('*')));
    for (const url of urls)
      for (const method of ['DELETE', 'PATCH', 'OPTIONS', 'TRACE'] as const) {
        const ask = (headers: Record<string, string>) => api.app.inject({ method, url: concrete(url), headers });
        const said = `${(await ask({})).statusCode} ${(await ask({ 'x-api-key': API_KEY })).statusCode}`;
        if (said !== '401 404') wrong.push(`${method} ${url}: ${said}`);
      }
    expect(wrong).toEqual([]);
  });
});

/** A path that matches the pattern of a route; what stands behind it need not exist. */
function concrete(url: string): string {
  return url
    .replace(/:\w+\([^)]*\)/, 'nothing.txt')
    .replace(/:\w+/g, randomUUID())
    .replace('*', 'nothing.txt');
}

function methodOf(method: string): NonNullable<InjectOptions['method']> {
  return method === 'POST' || method === 'PUT' || method === 'HEAD' ? method : 'GET';
}

function dueTo(caller: Role | 'nobody', access: string | undefined): 401 | 403 | 'let in' {
  if (access === 'public') return 'let in';
  if (caller === 'nobody') return 401;
  return ROLES.findIndex((role) => role === access) > ROLES.indexOf(caller) ? 403 : 'let in';
}
