import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { API_KEY, createTestApp, type TestApp } from '../../../test/app.ts';
import { completedSession } from '../../../test/factories.ts';
import { collectLog } from '../../../test/logs.ts';
import { groupCommit } from '../../sessions/group-commit.ts';
import { ingestSessions } from '../../sessions/ingest-sessions.ts';

const BUG = randomUUID();
const { log, lines } = collectLog();
let api: TestApp;
let address: string;
beforeAll(async () => {
  const ingest: Parameters<typeof groupCommit>[0] = async (events) => {
    log.info('storing');
    if (events.some(({ session_id }) => session_id === BUG)) throw new Error('a bug deep within');
    return ingestSessions(api.db, events);
  };
  api = await createTestApp({ log, groupCommit: groupCommit(ingest, () => {}) });
  address = await api.app.listen({ port: 0, host: '127.0.0.1' });
});
afterAll(() => api.close());

/** Over a real connection: a body that comes in by itself is what loses a context. */
async function post(session_id: string = randomUUID()) {
  const answer = await fetch(`${address}/api/sessions`, {
    method: 'POST',
    headers: { 'x-api-key': API_KEY, 'content-type': 'application/json' },
    body: JSON.stringify(completedSession({ session_id })),
  });
  return { id: answer.headers.get('x-request-id'), status: answer.status, body: await answer.text() };
}

const saidFor = (id: string | null) => lines.filter(({ request_id }) => request_id === id).map(({ msg }) => msg);

it('gives every line of a request the id that its answer names, also of two at once on used connections', async () => {
  await Promise.all([post(), post()]);
  const answers = await Promise.all([post(), post()]);
  expect(answers.map(({ status }) => status)).toEqual([202, 202]);
  for (const { id } of answers) await expect.poll(() => saidFor(id)).toEqual(['storing', 'request']);
});

it('knows the id also behind a body that came late', async () => {
  const slow = request(`${address}/api/sessions`, {
    method: 'POST',
    headers: { 'x-api-key': API_KEY, 'content-type': 'application/json' },
  });
  const answered = once(slow, 'response');
  slow.flushHeaders();
  await post();
  const body = JSON.stringify(completedSession());
  slow.write(body.slice(0, 20));
  await post();
  slow.end(body.slice(20));
  const [answer]: IncomingMessage[] = await answered;
  answer?.resume();
  await expect.poll(() => saidFor(String(answer?.headers['x-request-id']))).toEqual(['storing', 'request']);
});

it('names the same id in the answer to a bug, in its header and in the log', async () => {
  const { id, status, body } = await post(BUG);
  expect([status, JSON.parse(body).details.request_id]).toEqual([500, id]);
  await expect.poll(() => saidFor(id)).toEqual(['storing', 'request failed', 'request']);
});

it('has no line for files of the dashboard, of which a page has many', async () => {
  const answer = await api.app.inject({ url: '/robots.txt' });
  await post();
  expect(saidFor(String(answer.headers['x-request-id']))).toEqual([]);
});

it.each(['/api/%', '/api/none', '/api/livez'])('names an id in the answer of %s', async (url) => {
  const answer = await api.app.inject({ url });
  expect(answer.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
});
