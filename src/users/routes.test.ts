import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TESTER } from '../../test/actor.ts';
import { API_KEY, createTestApp, SECRET, type TestApp } from '../../test/app.ts';
import { collectLog } from '../../test/logs.ts';
import { browserWith, cookiesOf, PASSWORD, signIn, signInAgain } from '../../test/sign-in.ts';
import type { ApiDeps } from '../http/api-deps.ts';
import { openAccounts } from './accounts.ts';
import { disableUser } from './manage-users.ts';

const NOBODY = 'nobody@example.com';
const OTHER_PASSWORD = 'battery horse correct';

let api: TestApp;
beforeAll(async () => {
  api = await createTestApp();
});
afterAll(() => api.close());

let addresses = 0;
/** Asks from an address that nobody has asked from: tries are counted by it. */
async function enter(email: string, password: string, app = api, remoteAddress = `10.1.0.${(addresses += 1)}`) {
  return app.send({ method: 'POST', url: '/api/sign-in', remoteAddress, payload: { email, password } });
}

function changePassword(headers: Record<string, string>, current: string, next: string, app = api) {
  const payload = { current_password: current, new_password: next };
  return app.send({ method: 'POST', url: '/api/me/password', headers, payload });
}

async function statusFor(headers: Record<string, string>, app = api): Promise<number> {
  return (await app.send({ url: '/api/settings', headers })).statusCode;
}

describe('POST /api/sign-in', () => {
  it('answers who it is, with a cookie that opens the API', async () => {
    const { user } = await signIn(api, 'coach');
    const answer = await enter(` ${user.email.toUpperCase()} `, PASSWORD);
    expect([answer.statusCode, answer.json()]).toEqual([200, { user }]);
    const me = await api.send({ url: '/api/me', headers: browserWith(cookiesOf(answer)) });
    expect(me.json()).toEqual({
      user,
      password_ends_at: expect.any(String),
      business_timezone: 'UTC',
      version: 'test',
    });
  });

  it('gives a cookie that no script reads and no other site sends', async () => {
    const { user } = await signIn(api, 'viewer');
    const [cookie = '', ...others] = cookiesOf(await enter(user.email, PASSWORD));
    expect(others).toEqual([]);
    const [pair, ...attributes] = cookie.split('; ');
    expect(pair).toMatch(/^tutor_quality\.session_token=./);
    expect(attributes.toSorted()).toEqual(['HttpOnly', 'Max-Age=604800', 'Path=/', 'SameSite=Strict']);
  });

  it('gives a cookie that only https carries, where the dashboard is served so', async () => {
    const accounts = await openAccounts(api.db, { secret: SECRET, isSecure: true });
    const secure = await createTestApp({ accounts });
    const { user } = await signIn({ accounts }, 'viewer');
    const cookies = cookiesOf(await enter(user.email, PASSWORD, secure));
    expect(cookies).toEqual([expect.stringMatching(/^__Host-tutor_quality\.session_token=/)]);
    expect(cookies[0]?.split('; ')).toEqual(
      expect.arrayContaining(['Secure', 'HttpOnly', 'SameSite=Strict', 'Path=/']),
    );
    expect(await statusFor(browserWith(cookies), secure)).toBe(200);
    await secure.close();
  });

  it('says the same of a wrong password, an unknown address and a disabled user', async () => {
    const { user } = await signIn(api, 'viewer');
    const disabled = await signIn(api, 'viewer');
    await disableUser(api.db, disabled.user.email, new Date(), TESTER);
    const answers = [
      await enter(user.email, 'wrong'),
      await enter(NOBODY, PASSWORD),
      await enter('no address at all', PASSWORD),
      await enter(disabled.user.email, PASSWORD),
    ].map((answer) => [answer.statusCode, answer.json(), cookiesOf(answer)]);
    const refusal = {
      error: 'unauthenticated',
      message: 'The address or the password is wrong.',
      details: { password: 'is wrong' },
    };
    expect(answers).toEqual(Array.from({ length: 4 }, () => [401, refusal, []]));
  });

  it.each([
    [{}, ['email', 'password']],
    [{ email: '', password: '' }, ['email', 'password']],
    [{ email: 'a\u0000@example.com', password: PASSWORD }, ['email']],
    [{ email: 'a'.repeat(255), password: 'a'.repeat(129) }, ['email', 'password']],
    [{ email: NOBODY, password: PASSWORD, role: 'admin' }, ['role']],
  ])('refuses %j', async (payload, fields) => {
    const answer = await api.send({ method: 'POST', url: '/api/sign-in', remoteAddress: '10.2.0.1', payload });
    expect([answer.statusCode, Object.keys(answer.json().details)]).toEqual([422, fields]);
  });

  it('begins a new session each time, also for who brings one along', async () => {
    const { user, headers } = await signIn(api, 'viewer');
    const payload = { email: user.email, password: PASSWORD };
    const answer = await api.send({ method: 'POST', url: '/api/sign-in', remoteAddress: '10.2.0.2', headers, payload });
    expect(answer.statusCode).toBe(200);
    expect(browserWith(cookiesOf(answer)).cookie).not.toBe(headers.cookie);
  });

  it('names nobody in the log', async () => {
    const { log, lines } = collectLog();
    const app = await createTestApp({ log });
    const { user } = await signIn(app, 'viewer');
    await enter(user.email, PASSWORD, app);
    await enter(user.email, OTHER_PASSWORD, app);
    await app.close();
    const text = JSON.stringify(lines);
    expect(text).toContain(`user-${user.id}`);
    for (const secret of [user.email, user.name, PASSWORD, OTHER_PASSWORD]) expect(text).not.toContain(secret);
  });
});

describe('tries to sign in', () => {
  /** What they are refused for plays no part here, and many passwords take long to compare. */
  const openRefusing = (overrides: Partial<ApiDeps> = {}) =>
    createTestApp({ accounts: { ...api.accounts, signIn: async () => null }, ...overrides }, api);

  it('are ten a minute and address of the connection, whatever the client says of itself', async () => {
    const app = await openRefusing();
    const answers = [];
    for (let index = 0; index < 11; index += 1)
      answers.push(
        await app.send({
          method: 'POST',
          url: '/api/sign-in',
          headers: { 'x-forwarded-for': `10.9.0.${index}` },
          payload: { email: `${index}@example.com`, password: 'wrong' },
        }),
      );
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([...Array.from({ length: 10 }, () => 401), 429]);
    const last = answers.at(-1);
    expect(last?.json()).toMatchObject({ error: 'too_many_requests', details: { 'retry-after': expect.any(String) } });
    expect(Number(last?.headers['retry-after'])).toBeGreaterThan(0);
    expect(Number(last?.headers['retry-after'])).toBeLessThanOrEqual(60);
    expect((await enter(NOBODY, 'wrong', app)).statusCode).toBe(401);
    await app.close();
  });

  it('are counted by who stands before our own proxies, of which the configuration says how many there are', async () => {
    const app = await openRefusing({ trustedProxies: 1 });
    const tryFrom = async (chain: string) =>
      (
        await app.send({
          method: 'POST',
          url: '/api/sign-in',
          headers: { 'x-forwarded-for': chain },
          payload: { email: `${chain}@example.com`, password: 'wrong' },
        })
      ).statusCode;
    // What the client writes itself comes first; the last is what our proxy saw.
    for (let index = 0; index < 10; index += 1) expect(await tryFrom(`10.9.0.${index}, 192.0.2.1`)).toBe(401);
    expect(await tryFrom('10.9.0.99, 192.0.2.1')).toBe(429);
    expect(await tryFrom('10.9.0.99, 192.0.2.2')).toBe(401);
    await app.close();
  });

  it('fail a hundred times an hour and account, from wherever they come; then the right password waits, too', async () => {
    const { user, headers } = await signIn(api, 'viewer');
    const app = await openRefusing();
    const tries = Array.from({ length: 100 }, (_, index) => enter(user.email, 'wrong', app, `10.3.0.${index}`));
    const statuses = (await Promise.all(tries)).map(({ statusCode }) => statusCode);
    expect(new Set(statuses)).toEqual(new Set([401]));
    const refused = await enter(user.email, PASSWORD, app);
    expect([refused.statusCode, cookiesOf(refused)]).toEqual([429, []]);
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(60);
    // Nor can the password be guessed by changing it.
    expect((await changePassword(headers, PASSWORD, OTHER_PASSWORD, app)).statusCode).toBe(429);
    expect((await enter(NOBODY, 'wrong', app)).statusCode).toBe(401);
    await app.close();
  });
});

describe('GET /api/me', () => {
  it('is nobody without a session, and with a key', async () => {
    const nobody = { user: null, password_ends_at: null, business_timezone: 'UTC', version: 'test' };
    expect((await api.app.inject({ url: '/api/me' })).json()).toEqual(nobody);
    expect((await api.app.inject({ url: '/api/me', headers: { 'x-api-key': API_KEY } })).json()).toEqual(nobody);
  });
});

describe('POST /api/me/password', () => {
  it('changes it, tells who wants to know, and ends all sessions, copies of this one too, but for a new one', async () => {
    const told: string[] = [];
    const app = await createTestApp({ passwordChanged: async (email) => void told.push(email) });
    const { user, headers } = await signIn(app, 'viewer');
    const other = await signInAgain(app, user.email);
    const changed = await changePassword(headers, PASSWORD, OTHER_PASSWORD, app);
    expect(changed.statusCode).toBe(204);
    expect(told).toEqual([user.email]);
    expect([await statusFor(headers, app), await statusFor(other.headers, app)]).toEqual([401, 401]);
    const renewed = browserWith(cookiesOf(changed));
    expect(await statusFor(renewed, app)).toBe(200);
    expect((await enter(user.email, PASSWORD, app)).statusCode).toBe(401);
    expect((await enter(user.email, OTHER_PASSWORD, app)).statusCode).toBe(200);
    await app.close();
  });

  it('wants the current one', async () => {
    const { user, headers } = await signIn(api, 'viewer');
    const answer = await changePassword(headers, 'wrong', OTHER_PASSWORD);
    expect([answer.statusCode, answer.json().details]).toEqual([422, { current_password: 'is wrong' }]);
    expect((await enter(user.email, PASSWORD)).statusCode).toBe(200);
  });

  it('wants it to be that still when the new one takes its place: of two at once, one is changed', async () => {
    const { user, headers } = await signIn(api, 'viewer');
    const next = ['another horse battery', 'third horse battery'];
    const answers = await Promise.all(next.map((password) => changePassword(headers, PASSWORD, password)));
    expect(answers.filter(({ statusCode }) => statusCode === 204)).toHaveLength(1);
    const tried = await Promise.all(next.map((password) => api.accounts.tryPassword(user.email, password)));
    expect(tried).toEqual(answers.map(({ statusCode }) => (statusCode === 204 ? 'right' : 'wrong')));
  });

  it('refuses one that is easy to guess, and keeps the old one', async () => {
    const { user, headers } = await signIn(api, 'viewer');
    const answer = await changePassword(headers, PASSWORD, 'Tutor Quality 2026');
    expect([answer.statusCode, Object.keys(answer.json().details)]).toEqual([422, ['new_password']]);
    expect((await enter(user.email, PASSWORD)).statusCode).toBe(200);
  });

  it.each([
    ['short', 'must have at least 12 characters'],
    ['a'.repeat(129), 'must have at most 128 characters'],
  ])('refuses %s', async (next, reason) => {
    const { headers } = await signIn(api, 'viewer');
    const answer = await changePassword(headers, PASSWORD, next);
    expect([answer.statusCode, answer.json().details]).toEqual([422, { new_password: reason }]);
  });
});
