import { expect, it, onTestFinished } from 'vitest';
import { TESTER } from '../../../test/actor.ts';
import { API_KEY, createTestApp, type TestApp } from '../../../test/app.ts';
import { signIn } from '../../../test/sign-in.ts';
import { disableUser } from '../../users/manage-users.ts';

const HEARTBEAT = 'event: alive\ndata: {}\n\n';

/** Opens the stream over real HTTP; `reads` goes on until the text is there, `ends` until the stream is over. */
async function watch(api: TestApp, headers: Record<string, string>) {
  const address = await api.app.listen({ port: 0, host: '127.0.0.1' });
  const { body, status } = await fetch(`${address}/api/events`, { headers });
  if (body === null) throw new Error(`no stream: ${status}`);
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  const reads = async (text: string) => {
    let received = '';
    while (!received.includes(text)) {
      const { done, value } = await reader.read();
      if (done) throw new Error(`ended after ${received}`);
      received += value;
    }
  };
  const ends = async () => {
    for (;;) if ((await reader.read()).done) return true;
  };
  return { reads, ends };
}

async function openApp(): Promise<TestApp> {
  const api = await createTestApp({ heartbeatMs: 5 });
  onTestFinished(() => api.close());
  return api;
}

it('goes on while the session does, and ends with it', async () => {
  const api = await openApp();
  const { user, headers } = await signIn(api, 'viewer');
  const stream = await watch(api, headers);
  await stream.reads(HEARTBEAT);
  await stream.reads(HEARTBEAT);
  await api.accounts.endSessions(user.id, TESTER);
  expect(await stream.ends()).toBe(true);
});

it('ends when the user is disabled', async () => {
  const api = await openApp();
  const { user, headers } = await signIn(api, 'viewer');
  const stream = await watch(api, headers);
  await stream.reads(HEARTBEAT);
  await disableUser(api.db, user.email, new Date(), TESTER);
  expect(await stream.ends()).toBe(true);
});

it('ends when the session runs out: watching does not make it last longer', async () => {
  const api = await openApp();
  const { user, headers } = await signIn(api, 'viewer');
  const stream = await watch(api, headers);
  const tomorrow = new Date(Date.now() + 24 * 60 * 60 * 1000);
  const expires = (expires_at: Date) =>
    api.db.updateTable('user_sessions').set({ expires_at }).where('user_id', '=', user.id).execute();
  await expires(tomorrow);
  await stream.reads(HEARTBEAT);
  await stream.reads(HEARTBEAT);
  const session = await api.db.selectFrom('user_sessions').select('expires_at').executeTakeFirstOrThrow();
  expect(session.expires_at).toEqual(tomorrow);
  await expires(new Date());
  expect(await stream.ends()).toBe(true);
});

it('goes on for a key, which has no session', async () => {
  const api = await openApp();
  const stream = await watch(api, { 'x-api-key': API_KEY });
  await stream.reads(HEARTBEAT);
  await stream.reads(HEARTBEAT);
  await api.app.close();
  expect(await stream.ends()).toBe(true);
});

it('lets nobody in who may not', async () => {
  const api = await openApp();
  expect((await api.app.inject({ url: '/api/events' })).statusCode).toBe(401);
});
