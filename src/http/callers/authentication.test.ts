import { randomUUID } from 'node:crypto';
import fastify from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { API_KEY, createTestApp, SECRET, type TestApp } from '../../../test/app.ts';
import { type BrowserHeaders, signIn, signInAgain, type TestUser } from '../../../test/sign-in.ts';
import { ROLES, type Role } from '../../contract/access.ts';
import { connect } from '../../database/connection.ts';
import { openAccounts } from '../../users/accounts.ts';
import { authenticate } from './authentication.ts';

/** The least role of each documented route. */
const RULES: Record<string, Role | 'public'> = {
  'get /api/health': 'public',
  'get /api/livez': 'public',
  'get /api/metrics': 'admin',
  'post /api/sign-in': 'public',
  'post /api/sign-out': 'viewer',
  'post /api/sign-out-everywhere': 'viewer',
  'get /api/me': 'public',
  'post /api/me/password': 'viewer',
  'get /api/me/sessions': 'viewer',
  'post /api/me/sessions/end': 'viewer',
  'get /api/events': 'viewer',
  'get /api/audit': 'admin',
  'get /api/audit.csv': 'admin',
  'get /api/overview': 'viewer',
  'get /api/funnel': 'viewer',
  'get /api/reports': 'viewer',
  'get /api/reports/{id}': 'viewer',
  'post /api/reports/{id}/resend': 'coach',
  'get /api/settings': 'viewer',
  'put /api/settings': 'admin',
  'post /api/sessions': 'admin',
  'post /api/sessions/batch': 'admin',
  'get /api/threshold': 'viewer',
  'get /api/tutors': 'viewer',
  'get /api/tutors.csv': 'viewer',
  'get /api/tutors/{id}': 'viewer',
  'put /api/tutors/{id}': 'admin',
  'get /api/tutors/{id}/history': 'viewer',
  'get /api/tutors/{id}/evidence': 'viewer',
  'get /api/tutors/{id}/insights': 'viewer',
  'get /api/prior': 'viewer',
  'get /api/tutors/{id}/rates': 'viewer',
  'get /api/tutors/{id}/sessions': 'viewer',
};
/** Of pages that are not documented. */
const PAGES: typeof RULES = {
  'get /api/queues': 'admin',
  'get /api/queues/queue/send-report': 'admin',
  'get /api/queues/api/queues': 'admin',
  'get /api/queues/static/favicon.ico': 'admin',
};
const METHODS = { get: 'GET', post: 'POST', put: 'PUT' } as const;
const CALLERS = ['nobody', 'viewer', 'coach', 'admin', 'a key'] as const;
type Caller = (typeof CALLERS)[number];

/** But for the stream where it is let in: it would not end; `event-routes.test.ts` looks at one that was opened. */
const CASES = Object.entries({ ...RULES, ...PAGES })
  .flatMap(([route, rule]) => CALLERS.map((caller) => ({ route, rule, caller })))
  .filter(({ route, caller }) => route !== 'get /api/events' || caller === 'nobody');

let api: TestApp;
let users: Record<Role, TestUser>;
beforeAll(async () => {
  api = await createTestApp();
  const [viewer, coach, admin] = await Promise.all([signIn(api, 'viewer'), signIn(api, 'coach'), signIn(api, 'admin')]);
  users = { viewer, coach, admin };
});
afterAll(() => api.close());

describe('who may use a route', () => {
  it('is said by each of them, and documented', () => {
    const paths: Record<string, Record<string, { 'x-role'?: Role; security?: [] }>> = JSON.parse(
      JSON.stringify(api.app.swagger().paths),
    );
    const documented = Object.entries(paths).flatMap(([path, operations]) =>
      Object.entries(operations).map(([method, { 'x-role': role, security }]) => [
        `${method} ${path}`,
        security === undefined ? role : 'public',
      ]),
    );
    expect(Object.fromEntries(documented)).toEqual(RULES);
  });

  it.each(CASES)('$route, which is for $rule, knows what to say to $caller', async ({ route, rule, caller }) => {
    const expected = expectedOf(rule, caller);
    expect(await said(route, caller)).toBe(route.includes('/sign-out') && caller === 'a key' ? 403 : expected);
  });

  it('must be said: a route that does not cannot exist', () => {
    const app = fastify();
    authenticate(app, { apiKeys: [], accounts: api.accounts, frontendUrl: undefined });
    expect(() => app.get('/api/forgotten', () => 'hello')).toThrow('GET /api/forgotten does not say who may use it');
    expect(() => app.get('/api/queues-of-mine', () => 'hello')).toThrow('does not say who may use it');
    expect(() => app.get('/api/docs-of-mine', () => 'hello')).toThrow('does not say who may use it');
  });

  it('names the role that is needed and the one that is there', async () => {
    const answer = await api.send({ method: 'PUT', url: '/api/settings', headers: users.coach.headers });
    expect(answer.statusCode).toBe(403);
    expect(answer.json()).toEqual({
      error: 'forbidden',
      message: 'This needs the role admin.',
      details: { role: 'is coach' },
    });
  });

  it('of a path that does not exist is known to those alone who may come in', async () => {
    const statusFor = async (headers: Record<string, string>, url = '/api/none') =>
      (await api.app.inject({ url, headers })).statusCode;
    expect(await statusFor({})).toBe(401);
    expect(await statusFor({ cookie: 'tutor_quality.session_token=made-up' })).toBe(401);
    expect(await statusFor(users.viewer.headers)).toBe(404);
    expect(await statusFor({ 'x-api-key': API_KEY })).toBe(404);
    expect(await statusFor({}, '/none')).toBe(404);
  });
});

describe('a key beside a cookie', () => {
  it('decides, also when it is wrong', async () => {
    const change = async (key: string) => {
      const headers = { ...users.viewer.headers, 'x-api-key': key };
      const payload = { risk_threshold: 15 };
      return (await api.app.inject({ method: 'PUT', url: '/api/settings', headers, payload })).statusCode;
    };
    expect([await change(API_KEY), await change('wrong-key-0123456789'), await change('')]).toEqual([200, 401, 401]);
  });

  it('needs no table of users', async () => {
    const gone = connect('postgres://nobody@127.0.0.1:1/none');
    const app = await createTestApp({ accounts: await openAccounts(gone, { secret: SECRET, isSecure: false }) });
    expect((await app.send({ url: '/api/tutors' })).statusCode).toBe(200);
    const answer = await app.send({ url: '/api/tutors', headers: users.viewer.headers });
    expect([answer.statusCode, answer.json().error]).toEqual([503, 'unavailable']);
    await app.close();
    await gone.destroy();
  });
});

describe('the caller', () => {
  it('is the id of the user where a change is noted, and counted by the rate limit', async () => {
    const app = await createTestApp({ rateLimit: 2 });
    const [one, other] = [await signIn(app, 'admin'), await signIn(app, 'viewer')];
    const change = { method: 'PUT', url: '/api/settings', payload: { risk_threshold: 20 } } as const;
    const changed = await app.send({ ...change, headers: one.headers });
    expect(changed.json().updated_by).toBe(`user-${one.user.id}`);
    const codes: number[] = [];
    for (const { headers } of [one, one, other])
      codes.push((await app.send({ url: '/api/settings', headers })).statusCode);
    expect(codes).toEqual([200, 429, 200]);
    await app.close();
  });
});

function expectedOf(rule: Role | 'public', caller: Caller): 401 | 403 | 'let in' {
  if (rule === 'public' || caller === 'a key') return 'let in';
  if (caller === 'nobody') return 401;
  return ROLES.indexOf(caller) < ROLES.indexOf(rule) ? 403 : 'let in';
}

/** What a route says to a request without a body: to who may come in, anything but 401 and 403. */
async function said(route: string, caller: Caller): Promise<number | 'let in'> {
  const [verb = '', path = ''] = route.split(' ');
  const method = verb === 'put' || verb === 'post' ? METHODS[verb] : METHODS.get;
  const answer = await api.app.inject({
    method,
    url: path.replace('{id}', randomUUID()),
    headers: await headersOf(caller, path),
  });
  return answer.statusCode === 401 || answer.statusCode === 403 ? answer.statusCode : 'let in';
}

async function headersOf(caller: Caller, path: string): Promise<BrowserHeaders | Record<string, string>> {
  if (caller === 'nobody') return {};
  if (caller === 'a key') return { 'x-api-key': API_KEY };
  const { user, headers } = users[caller];
  if (!path.includes('/sign-out')) return headers;
  const another = path.endsWith('everywhere') ? await signIn(api, caller) : await signInAgain(api, user.email);
  return another.headers;
}
