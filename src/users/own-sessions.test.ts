import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApp, type TestApp } from '../../test/app.ts';
import { auditRows } from '../../test/audit.ts';
import { browserWith, cookiesOf, PASSWORD, signIn, signInAgain } from '../../test/sign-in.ts';

const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:150.0) Gecko/20100101 Firefox/150.0';
const DAY_MS = 24 * 60 * 60 * 1000;

let api: TestApp;
beforeAll(async () => {
  api = await createTestApp();
});
afterAll(() => api.close());

async function listFor(headers: Record<string, string>) {
  return (await api.send({ url: '/api/me/sessions', headers })).json().sessions;
}

function end(headers: Record<string, string>, own_session_id: string | null, current_password = PASSWORD) {
  const payload = { current_password, own_session_id };
  return api.send({ method: 'POST', url: '/api/me/sessions/end', headers, payload });
}

/** Which of several browsers are still signed in. */
async function signedIn(...browsers: { headers: Record<string, string> }[]): Promise<boolean[]> {
  const answers = await Promise.all(browsers.map(({ headers }) => api.send({ url: '/api/settings', headers })));
  return answers.map(({ statusCode }) => statusCode === 200);
}

describe('the list of one’s sessions', () => {
  it('has those that are open, the newest first, with their browser, and says which one asks', async () => {
    const { user, headers } = await signIn(api, 'viewer');
    await signIn(api, 'viewer');
    const payload = { email: user.email, password: PASSWORD };
    const agent = { 'user-agent': FIREFOX };
    const entered = await api.send({ method: 'POST', url: '/api/sign-in', headers: agent, payload });
    const lost = await signInAgain(api, user.email);
    const [{ id }] = await listFor(lost.headers);
    const old = api.db.updateTable('user_sessions').where('id', '=', id);
    await old.set({ created_at: new Date(Date.now() - 31 * DAY_MS) }).execute();
    const sessions = await listFor(headers);
    const times = { id: expect.any(String), begun_at: expect.any(String), used_at: expect.any(String) };
    expect(sessions).toEqual([
      { ...times, user_agent: FIREFOX, is_this: false },
      { ...times, user_agent: null, is_this: true },
    ]);
    expect(await listFor(browserWith(cookiesOf(entered)))).toMatchObject([{ is_this: true }, { is_this: false }]);
    await old.set({ created_at: new Date(), expires_at: new Date(0) }).execute();
    expect(await listFor(headers)).toHaveLength(2);
  });

  it('is empty for a key, which has none', async () => {
    expect((await api.send({ url: '/api/me/sessions' })).json()).toEqual({ sessions: [] });
  });
});

describe('ending sessions', () => {
  it('ends the one that is named, or all but this one, and notes it', async () => {
    const here = await signIn(api, 'viewer');
    const [one, two, three] = [await again(here.user), await again(here.user), await again(here.user)];
    const stranger = await signIn(api, 'viewer');
    const [{ id }] = await listFor(one.headers);
    expect((await end(here.headers, id)).statusCode).toBe(204);
    expect(await signedIn(here, one, two, three)).toEqual([true, true, true, false]);
    expect((await end(here.headers, null)).statusCode).toBe(204);
    expect(await signedIn(here, one, two, stranger)).toEqual([true, false, false, true]);
    expect((await auditRows(api.db)).slice(-2)).toMatchObject([
      { action: 'signed_out', subject_id: here.user.id, details: { what: 'one' } },
      { action: 'signed_out', subject_id: here.user.id, details: { what: 'all others' } },
    ]);
  });

  it('asks for the password, and notes who does not know it', async () => {
    const here = await signIn(api, 'viewer');
    const other = await again(here.user);
    const answer = await end(here.headers, null, 'wrong horse battery');
    expect([answer.statusCode, answer.json().details]).toEqual([422, { current_password: 'is wrong' }]);
    expect(await signedIn(here, other)).toEqual([true, true]);
    expect((await auditRows(api.db)).at(-1)).toMatchObject({ action: 'sign_in_failed', actor_id: here.user.id });
  });

  it('knows no session of anybody else', async () => {
    const here = await signIn(api, 'viewer');
    const stranger = await signIn(api, 'viewer');
    const [{ id }] = await listFor(stranger.headers);
    for (const foreign of [id, randomUUID()]) {
      const answer = await end(here.headers, foreign);
      expect([answer.statusCode, answer.json().details]).toEqual([404, { own_session_id: 'is not open' }]);
    }
    expect(await signedIn(stranger)).toEqual([true]);
  });

  it('is nothing for a key', async () => {
    expect((await end({}, null)).statusCode).toBe(403);
  });
});

const again = ({ email }: { email: string }) => signInAgain(api, email);
