import { createHook } from 'node:async_hooks';
import { hashPassword } from 'better-auth/crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { disableUser } from '../../src/users/manage-users.ts';
import { TESTER } from '../actor.ts';
import { createTestApp, type TestApp } from '../app.ts';
import { browserWith, cookiesOf, PASSWORD, signIn, signInAgain } from '../sign-in.ts';

let api: TestApp;
beforeAll(async () => {
  api = await createTestApp();
});
afterAll(() => api.close());

const statusFor = async (headers: Record<string, string>) =>
  (await api.send({ url: '/api/settings', headers })).statusCode;

describe('an attempt to sign in', () => {
  it('costs one hash of a password, whether the user is there, disabled or made up', async () => {
    const there = await signIn(api, 'viewer');
    const disabled = await signIn(api, 'viewer');
    await disableUser(api.db, disabled.user.email, new Date(), TESTER);
    const hashes: number[] = [];
    for (const email of [there.user.email, disabled.user.email, 'nobody@example.com', 'no address']) {
      const payload = { email, password: 'wrong horse battery' };
      hashes.push(await hashesDuring(() => api.send({ method: 'POST', url: '/api/sign-in', payload })));
    }
    expect(hashes).toEqual([1, 1, 1, 1]);
  });

  it('takes every character of a password as it is: nothing is cut off, trimmed or made small', async () => {
    const email = 'long@example.com';
    const password = ` ${'Zwölf große Boxkämpfer jagen Viktor. '.repeat(3)} `;
    await api.accounts.addUser({ email, name: 'Long', role: 'viewer' }, password, TESTER);
    const opens = async (tried: string) => (await api.accounts.tryPassword(email, tried)) === 'right';
    expect(await opens(password)).toBe(true);
    for (const other of [password.trim(), password.slice(0, -1), password.toLowerCase(), password.slice(0, 72)])
      expect([other, await opens(other)]).toEqual([other, false]);
  });

  it('is stored as Argon2id with its cost and a salt of its own, and nowhere as it was typed', async () => {
    await signIn(api, 'viewer');
    await signIn(api, 'viewer');
    const stored = await api.db.selectFrom('user_credentials').select('password').execute();
    expect(new Set(stored.map(({ password }) => password)).size).toBe(stored.length);
    // 16 bytes of salt and 32 of key, in base64.
    for (const { password } of stored)
      expect(password).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[\w+/]{22}\$[\w+/]{43}$/);
  });
});

describe('a password of scrypt, as earlier versions stored it', () => {
  it('opens the door, and is hashed anew by that; a wrong one changes nothing', async () => {
    const { user } = await signIn(api, 'viewer');
    const old = await storeAsScrypt(user.id);
    expect(await api.accounts.signIn(user.email, 'wrong horse battery', undefined)).toBeNull();
    expect(await storedOf(user.id)).toBe(old);
    await signInAgain(api, user.email);
    const fresh = await storedOf(user.id);
    expect(fresh).toMatch(/^\$argon2id\$/);
    await signInAgain(api, user.email);
    expect(await storedOf(user.id)).toBe(fresh);
  });

  it('is told by no time: while there is one, each try costs a hash of either kind', async () => {
    const old = await signIn(api, 'viewer');
    const fresh = await signIn(api, 'viewer');
    await storeAsScrypt(old.user.id);
    const hashes: number[] = [];
    for (const email of [old.user.email, fresh.user.email, 'nobody@example.com'])
      hashes.push(await hashesDuring(() => api.accounts.signIn(email, 'wrong horse battery', undefined)));
    await signInAgain(api, old.user.email);
    hashes.push(await hashesDuring(() => api.accounts.signIn('nobody@example.com', PASSWORD, undefined)));
    expect(hashes).toEqual([2, 2, 2, 1]);
  });
});

describe('sessions', () => {
  it('have a token of 128 bits of chance at least, and none is given twice', async () => {
    const { user } = await signIn(api, 'viewer');
    for (let index = 0; index < 5; index += 1) await signInAgain(api, user.email);
    const tokens = await api.db.selectFrom('user_sessions').select('token').execute();
    expect(new Set(tokens.map(({ token }) => token)).size).toBe(tokens.length);
    // 32 characters out of 62 or more.
    for (const { token } of tokens) expect(token).toMatch(/^[\w-]{32,}$/);
  });

  it('may be several of one user, and a cookie that somebody brings along is never made theirs', async () => {
    const { user, headers } = await signIn(api, 'viewer');
    const other = await signInAgain(api, user.email);
    expect([await statusFor(headers), await statusFor(other.headers)]).toEqual([200, 200]);
    const planted = 'tutor_quality.session_token=planted.planted';
    const payload = { email: user.email, password: PASSWORD };
    const answer = await api.send({
      method: 'POST',
      url: '/api/sign-in',
      headers: { cookie: planted, 'sec-fetch-site': 'same-origin' },
      payload,
    });
    expect(browserWith(cookiesOf(answer)).cookie).not.toContain('planted');
    expect(await statusFor({ cookie: planted, 'sec-fetch-site': 'same-origin' })).toBe(401);
  });

  it('know of a role that changes with the next request', async () => {
    const { user, headers } = await signIn(api, 'admin');
    const ask = async () => (await api.send({ url: '/api/audit', headers })).statusCode;
    expect(await ask()).toBe(200);
    await api.db.updateTable('users').set({ role: 'viewer' }).where('id', '=', user.id).execute();
    expect(await ask()).toBe(403);
  });
});

async function storedOf(userId: string): Promise<string> {
  const credential = api.db.selectFrom('user_credentials').select('password').where('user_id', '=', userId);
  return (await credential.executeTakeFirstOrThrow()).password;
}

/** Returns the hash. */
async function storeAsScrypt(userId: string): Promise<string> {
  const password = await hashPassword(PASSWORD);
  await api.db.updateTable('user_credentials').set({ password }).where('user_id', '=', userId).execute();
  return password;
}

/** How often a password hash of Node, of whatever kind, is worked out meanwhile. */
async function hashesDuring(work: () => Promise<unknown>): Promise<number> {
  let count = 0;
  const hook = createHook({
    init: (_id, type) => {
      if (type === 'SCRYPTREQUEST' || type === 'ARGON2REQUEST') count += 1;
    },
  }).enable();
  await work();
  hook.disable();
  return count;
}
