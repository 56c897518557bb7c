import { connect as connectSocket } from 'node:net';
import { text } from 'node:stream/consumers';
import type { InjectOptions } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connect, type Db } from '../../src/database/connection.ts';
import { API_KEY, createTestApp, type TestApp } from '../app.ts';
import { movedSession } from '../factories.ts';
import { signIn, type TestUser } from '../sign-in.ts';

let api: TestApp;
let broken: TestApp;
let gone: Db;
let admin: TestUser;
let address: URL;
const moved = movedSession();
beforeAll(async () => {
  api = await createTestApp({ rateLimit: 1000 });
  admin = await signIn(api, 'admin');
  await api.send({ method: 'POST', url: '/api/sessions', payload: moved });
  await api.work();
  gone = connect('postgres://nobody@127.0.0.1:1/none');
  broken = await createTestApp({ db: gone, clock: () => Promise.reject(new Error('a bug')) });
  address = new URL(await api.app.listen({ port: 0, host: '127.0.0.1' }));
});
afterAll(async () => {
  await api.close();
  await broken.close();
  await gone.destroy();
});

const KEY = { 'x-api-key': API_KEY };
const HTML = { accept: 'text/html' };
const BARE_POLICY = "default-src 'none'; frame-ancestors 'none'";

/** One of each kind of answer that there is. */
const KINDS: [kind: string, status: number, ask: InjectOptions & { url: string }][] = [
  ['JSON', 200, { url: '/api/tutors', headers: KEY }],
  ['CSV', 200, { url: '/api/tutors.csv', headers: KEY }],
  ['the audit log as CSV', 200, { url: '/api/audit.csv', headers: KEY }],
  ['metrics', 200, { url: '/api/metrics', headers: KEY }],
  ['a page', 200, { url: '/', headers: HTML }],
  ['a page that is not there', 404, { url: '/none/such', headers: HTML }],
  ['a file', 200, { url: '/theme.js' }],
  ['the documentation', 200, { url: '/api/docs' }],
  ['the document', 200, { url: '/api/openapi.json' }],
  ['the page of the queues', 200, { url: '/api/queues', headers: { ...KEY, ...HTML } }],
  ['an accepted session', 202, { method: 'POST', url: '/api/sessions', headers: KEY, payload: movedSession() }],
  ['a wrong query', 400, { url: '/api/tutors?limit=x', headers: KEY }],
  ['no key', 401, { url: '/api/tutors' }],
  ['no path', 404, { url: '/api/none', headers: KEY }],
  ['too large a body', 413, { method: 'POST', url: '/api/sessions', headers: KEY, payload: { a: 'x'.repeat(70_000) } }],
  ['a wrong body', 422, { method: 'POST', url: '/api/sessions', headers: KEY, payload: {} }],
  ['HEAD', 200, { method: 'HEAD', url: '/api/tutors', headers: KEY }],
];

describe.each(KINDS)('the answer of %s', (_kind, status, ask) => {
  it(`${status} has the headers that keep a browser safe, and does not say what serves it`, async () => {
    const { statusCode, headers } = await api.app.inject(ask);
    expect(statusCode).toBe(status);
    expectSafe(headers);
  });
});

describe('the headers that keep a browser safe', () => {
  it('are on an answer that nothing changed, on the stream, and where too many ask', async () => {
    const first = await api.app.inject({ url: '/theme.js' });
    const again = await api.app.inject({ url: '/theme.js', headers: { 'if-none-match': String(first.headers.etag) } });
    expect(again.statusCode).toBe(304);
    expectSafe(again.headers);
    const stop = new AbortController();
    const stream = await fetch(new URL('/api/events', address), { headers: KEY, signal: stop.signal });
    expect(stream.headers.get('content-type')).toContain('text/event-stream');
    expectSafe(Object.fromEntries(stream.headers));
    stop.abort();
    const limited = await createTestApp({ rateLimit: 1 }, api);
    const refused = [await limited.send({ url: '/api/settings' }), await limited.send({ url: '/api/settings' })][1];
    expect(refused?.statusCode).toBe(429);
    expectSafe(refused?.headers ?? {});
    await limited.close();
  });

  it('are on the answer to a bug, and while the database is gone', async () => {
    for (const [url, status] of [
      ['/api/overview?as_of=2026-01-01', 500],
      ['/api/tutors/7d444840-9dc0-11d1-b245-5ffdce74fad2/sessions', 503],
    ] as const) {
      const answer = await broken.app.inject({ url, headers: KEY });
      expect(answer.statusCode).toBe(status);
      expectSafe(answer.headers);
    }
  });

  it('are on what is no HTTP, or no address, as far as they say something of it', async () => {
    const { statusCode, headers } = await api.app.inject({ url: '/api/%' });
    expect(statusCode).toBe(400);
    expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'content-security-policy': BARE_POLICY });
    const socket = connectSocket(Number(address.port), '127.0.0.1');
    socket.end('FOO / HTTP/1.1\r\n\r\n');
    const said = (await text(socket)).toLowerCase();
    expect(said).toContain('x-content-type-options: nosniff');
    expect(said).toContain(`content-security-policy: ${BARE_POLICY}`);
  });
});

describe('what is kept of an answer', () => {
  it('is nothing where it may hold personal data', async () => {
    const urls = ['/api/tutors', `/api/tutors/${moved.tutor_id}`, `/api/tutors/${moved.tutor_id}/sessions`];
    const more = ['/api/tutors.csv', '/api/reports', '/api/audit', '/api/audit.csv', '/api/overview', '/api/me'];
    for (const url of [...urls, ...more, '/api/none']) {
      const { headers } = await api.app.inject({ url, headers: admin.headers });
      expect([url, headers['cache-control']]).toEqual([url, 'no-store']);
    }
    expect((await api.app.inject({ url: '/api/tutors' })).headers['cache-control']).toBe('no-store');
  });

  it('is a file by its own name where it is one to be saved', async () => {
    for (const url of ['/api/tutors.csv', '/api/audit.csv']) {
      const { headers } = await api.app.inject({ url: `${url}?search=x%22%0d%0ax`, headers: KEY });
      if (headers['content-disposition'] === undefined) continue;
      expect(headers['content-disposition']).toMatch(/^attachment; filename="[\w.-]+"$/);
      expect(headers['content-type']).toBe('text/csv; charset=utf-8');
    }
    const { headers } = await api.app.inject({ url: '/api/tutors.csv', headers: KEY });
    expect(headers['content-disposition']).toMatch(/^attachment; filename="[\w.-]+"$/);
  });
});

function expectSafe(headers: Record<string, unknown>): void {
  expect(headers).toMatchObject({
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'strict-transport-security': 'max-age=31536000; includeSubDomains',
  });
  const policy = String(headers['content-security-policy']);
  expect(policy).not.toMatch(/unsafe-|\*|https?:/);
  for (const part of ["frame-ancestors 'none'", "object-src 'none'", "default-src 'self'"])
    expect(policy).toContain(part);
  expect(policy).toMatch(/base-uri '(none|self)'/);
  expect(Object.keys(headers)).not.toEqual(expect.arrayContaining([expect.stringMatching(/^(server|x-powered-by)$/i)]));
  // Of a stream of events UTF-8 is the only character set there is.
  const bare = /^(text\/(?!event-stream)|application\/json)(?!.*charset=utf-8)/i;
  expect(headers).not.toMatchObject({ 'content-type': expect.stringMatching(bare) });
}
