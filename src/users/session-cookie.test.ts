import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TESTER } from '../../test/actor.ts';
import { createTestApp, type TestApp } from '../../test/app.ts';
import { untilBlocked } from '../../test/locks.ts';
import { browserWith, cookiesOf, PASSWORD, signIn, signInAgain } from '../../test/sign-in.ts';
import { openAccounts } from './accounts.ts';
import { disableUser, enableUser } from './manage-users.ts';
import { DECOYS } from './password-hash.ts';

const GONE = 'tutor_quality.session_token=; Max-Age=0; Path=/; HttpOnly; SameSite=Strict';

let api: TestApp;
beforeAll(async () => {
  api = await createTestApp();
});
afterAll(() => api.close());

describe('the session of a cookie', () => {
  it('is nobody’s when it was tampered with', async () => {
    const { headers } = await signIn(api, 'viewer');
    const [name = '', value = ''] = headers.cookie.split('=');
    const [token = '', signature = ''] = decodeURIComponent(value).split('.');
    const forged = (text: string) => statusFor({ ...headers, cookie: `${name}=${encodeURIComponent(text)}` });
    const { token: stored } = await api.db.selectFrom('user_sessions').select('token').executeTakeFirstOrThrow();
    expect(await forged(`${token}.${signature}`)).toBe(200);
    expect(await forged(`${token}x.${signature}`)).toBe(401);
    expect(await forged(`${token}.${signature.slice(1)}`)).toBe(401);
    expect(await forged(stored)).toBe(401);
    expect(await forged('')).toBe(401);
  });

  it('is not known under another secret', async () => {
    const { headers } = await signIn(api, 'viewer');
    const accounts = await openAccounts(api.db, { secret: 'another secret of the tests, 32 b.', isSecure: false });
    expect(await accounts.whoHas(headers.cookie)).toBeNull();
    expect(await api.accounts.whoHas(headers.cookie)).not.toBeNull();
  });

  it('does not begin with a password that another one is just taking the place of', async () => {
    const { user } = await signIn(api, 'viewer');
    const change = await api.db.startTransaction().execute();
    const password = DECOYS.argon2;
    await change.updateTable('user_credentials').set({ password }).where('user_id', '=', user.id).execute();
    await change.deleteFrom('user_sessions').where('user_id', '=', user.id).execute();
    const entering = api.accounts.signIn(user.email, PASSWORD, undefined);
    await untilBlocked(api.db);
    await change.commit().execute();
    expect(await entering).toBeNull();
    const left = api.db.selectFrom('user_sessions').select('id').where('user_id', '=', user.id);
    expect(await left.execute()).toEqual([]);
  });

  it('ends after seven days', async () => {
    const { user, headers } = await signIn(api, 'viewer');
    await expireAt(user.id, new Date(Date.now() - 1000));
    expect(await statusFor(headers)).toBe(401);
  });

  it('lasts another seven days when it is used, with a new cookie once a day at most', async () => {
    const { user, headers } = await signIn(api, 'viewer');
    expect(cookiesOf(await api.send({ url: '/api/settings', headers }))).toEqual([]);
    await expireAt(user.id, inDays(5));
    const answer = await api.send({ url: '/api/settings', headers });
    expect(cookiesOf(answer)).toEqual([expect.stringContaining('Max-Age=604800')]);
    expect((await expiryOf(user.id)).getTime()).toBeGreaterThan(inDays(6).getTime());
    expect(await statusFor(browserWith(cookiesOf(answer)))).toBe(200);
    expect(cookiesOf(await api.send({ url: '/api/settings', headers }))).toEqual([]);
  });

  it('ends after thirty days, however much it is used, also for who watches', async () => {
    const { user, headers } = await signIn(api, 'viewer');
    const sessions = api.db.updateTable('user_sessions').where('user_id', '=', user.id);
    const { id } = await sessions
      .set({ created_at: inDays(-29) })
      .returning('id')
      .executeTakeFirstOrThrow();
    expect([await statusFor(headers), await api.accounts.isOpen(id)]).toEqual([200, true]);
    await sessions.set({ created_at: inDays(-31) }).execute();
    expect([await statusFor(headers), await api.accounts.isOpen(id)]).toEqual([401, false]);
    await signInAgain(api, user.email);
    const left = api.db.selectFrom('user_sessions').select('id').where('id', '=', id);
    expect(await left.executeTakeFirst()).toBeUndefined();
  });

  it('does not outlive its user, nor come back with them', async () => {
    const { user, headers } = await signIn(api, 'viewer');
    await disableUser(api.db, user.email, new Date(), TESTER);
    expect(await statusFor(headers)).toBe(401);
    await enableUser(api.db, user.email, TESTER);
    expect(await statusFor(headers)).toBe(401);
    expect(await statusFor((await signInAgain(api, user.email)).headers)).toBe(200);
  });

  it('is not held by a disabled user, whatever the tables say', async () => {
    const { user, headers } = await signIn(api, 'viewer');
    await api.db.updateTable('users').set({ disabled_at: new Date() }).where('id', '=', user.id).execute();
    expect(await statusFor(headers)).toBe(401);
  });
});

describe('signing out', () => {
  it('ends this session and takes the cookie out of the browser', async () => {
    const { user, headers } = await signIn(api, 'viewer');
    const other = await signInAgain(api, user.email);
    const answer = await api.send({ method: 'POST', url: '/api/sign-out', headers });
    expect([answer.statusCode, answer.body]).toEqual([204, '']);
    expect(cookiesOf(answer)).toContain(GONE);
    expect([await statusFor(headers), await statusFor(other.headers)]).toEqual([401, 200]);
  });

  it('everywhere ends all sessions of the user, and nobody else’s', async () => {
    const { user, headers } = await signIn(api, 'viewer');
    const other = await signInAgain(api, user.email);
    const stranger = await signIn(api, 'viewer');
    const answer = await api.send({ method: 'POST', url: '/api/sign-out-everywhere', headers });
    expect(answer.statusCode).toBe(204);
    expect(cookiesOf(answer)).toContain(GONE);
    expect([await statusFor(headers), await statusFor(other.headers)]).toEqual([401, 401]);
    expect(await statusFor(stranger.headers)).toBe(200);
  });

  it.each(['/api/sign-out', '/api/sign-out-everywhere'])('%s is nothing for a key', async (url) => {
    const answer = await api.send({ method: 'POST', url });
    expect([answer.statusCode, answer.json().details]).toEqual([403, { 'x-api-key': 'is not a user' }]);
  });
});

async function statusFor(headers: Record<string, string>): Promise<number> {
  return (await api.send({ url: '/api/settings', headers })).statusCode;
}

const inDays = (days: number) => new Date(Date.now() + days * 24 * 60 * 60 * 1000);

async function expireAt(userId: string, expires_at: Date): Promise<void> {
  await api.db.updateTable('user_sessions').set({ expires_at }).where('user_id', '=', userId).execute();
}

async function expiryOf(userId: string): Promise<Date> {
  const session = api.db.selectFrom('user_sessions').select('expires_at').where('user_id', '=', userId);
  return (await session.executeTakeFirstOrThrow()).expires_at;
}
