import { brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { API_KEY, createTestApp, type TestApp } from '../../../test/app.ts';
import { completedSession } from '../../../test/factories.ts';

let api: TestApp;
beforeAll(async () => {
  api = await createTestApp();
  const sessions = Array.from({ length: 30 }, () => completedSession());
  await api.send({ method: 'POST', url: '/api/sessions/batch', payload: { sessions } });
});
afterAll(() => api.close());

const ask = (url: string, accepted?: string, method: 'GET' | 'HEAD' = 'GET') =>
  api.app.inject({
    method,
    url,
    headers: { 'x-api-key': API_KEY, ...(accepted === undefined ? {} : { 'accept-encoding': accepted }) },
  });

it.each(['/api/tutors', '/api/tutors.csv', '/api/openapi.json'])('packs %s as it is accepted', async (url) => {
  const plain = await ask(url);
  expect(plain.headers['content-encoding']).toBeUndefined();
  const brotli = await ask(url, 'gzip, deflate, br');
  const gzip = await ask(url, 'gzip');
  expect([brotli.headers['content-encoding'], gzip.headers['content-encoding']]).toEqual(['br', 'gzip']);
  expect(brotli.headers.vary).toContain('accept-encoding');
  expect(brotliDecompressSync(brotli.rawPayload).equals(plain.rawPayload)).toBe(true);
  expect(gunzipSync(gzip.rawPayload).equals(plain.rawPayload)).toBe(true);
  expect(brotli.rawPayload.length).toBeLessThan(plain.rawPayload.length / 3);
  expect((await ask(url, 'gzip', 'HEAD')).statusCode).toBe(200);
});

it('leaves small answers as they are', async () => {
  expect((await ask('/api/settings', 'br')).headers['content-encoding']).toBeUndefined();
});

it.each(['gzip', 'br', 'deflate', 'x-unknown'])(
  'refuses a body that comes packed as %s, and unpacks nothing',
  async (encoding) => {
    const answer = await api.send({
      method: 'POST',
      url: '/api/sessions',
      headers: { 'content-encoding': encoding, 'content-type': 'application/json' },
      payload: gzipSync(Buffer.alloc(1_000_000, ' ')),
    });
    expect(answer.statusCode).toBe(400);
    expect(answer.json()).toMatchObject({ error: 'unreadable', details: { 'content-encoding': 'must be absent' } });
  },
);

it('takes a body that says it is not packed', async () => {
  const headers = { 'content-encoding': 'identity' };
  const answer = await api.send({ method: 'POST', url: '/api/sessions', headers, payload: completedSession() });
  expect(answer.statusCode).toBe(202);
});
