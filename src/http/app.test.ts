import { randomUUID } from 'node:crypto';
import { Agent, get } from 'node:http';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { API_KEY, createTestApp, type TestApp } from '../../test/app.ts';
import { connect } from '../database/connection.ts';
import { liveEvents } from './live-events.ts';

let api: TestApp;
beforeAll(async () => {
  api = await createTestApp();
});
afterAll(() => api.close());

const OPEN = ['/api/health', '/api/livez', '/api/me', '/api/openapi.json', '/api/docs', '/'];

describe('keys', () => {
  it.each([
    ['none', {}],
    ['a wrong one', { 'x-api-key': 'wrong-key-0123456789' }],
    ['an empty one', { 'x-api-key': '' }],
    ['one that begins like the right one', { 'x-api-key': API_KEY.slice(0, -1) }],
    ['one with more behind it', { 'x-api-key': `${API_KEY}x` }],
    ['the right one elsewhere', { authorization: `Bearer ${API_KEY}` }],
  ])('refuses a key that is %s', async (_what, headers) => {
    const answer = await api.app.inject({ url: '/api/tutors', headers });
    expect(answer.statusCode).toBe(401);
    expect(answer.json()).toMatchObject({ error: 'unauthenticated', details: { 'x-api-key': expect.any(String) } });
  });

  it('takes any of several keys', async () => {
    const two = await createTestApp({ apiKeys: ['old-key-0123456789ab', 'new-key-0123456789ab'] });
    const codes = await Promise.all(
      ['old-key-0123456789ab', 'new-key-0123456789ab', API_KEY].map(async (key) => {
        return (await two.app.inject({ url: '/api/tutors', headers: { 'x-api-key': key } })).statusCode;
      }),
    );
    await two.close();
    expect(codes).toEqual([200, 200, 401]);
  });

  it.each(OPEN)('leaves %s open', async (url) => {
    expect((await api.app.inject({ url })).statusCode).toBeLessThan(400);
  });
});

describe('rate limit', () => {
  it('counts by key, says when to come back, and leaves health alone', async () => {
    const limited = await createTestApp({ rateLimit: 3, apiKeys: [API_KEY, 'other-key-0123456789'] });
    const ask = (key: string) =>
      limited.send({ url: '/api/settings', headers: { 'x-api-key': key, 'x-forwarded-for': randomUUID() } });
    const codes: number[] = [];
    for (let index = 0; index < 4; index += 1) codes.push((await ask(API_KEY)).statusCode);
    expect(codes).toEqual([200, 200, 200, 429]);
    const refused = await ask(API_KEY);
    expect(refused.json()).toMatchObject({ error: 'too_many_requests' });
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    expect((await ask('other-key-0123456789')).statusCode).toBe(200);
    expect((await limited.send({ url: '/api/health' })).statusCode).toBe(200);
    await limited.close();
  });
});

describe('health', () => {
  it('is healthy with database and queue', async () => {
    expect((await api.app.inject({ url: '/api/health' })).json()).toEqual({
      status: 'healthy',
      database: 'connected',
      redis: 'not_configured',
      queue: 'connected',
      version: 'test',
    });
  });

  it('is degraded without the queue, which is no reason for 503', async () => {
    const signals = {
      sessionsWaiting() {},
      reportsWaiting() {},
      isConnected: async () => false,
      counts: () => Promise.reject(new Error('gone')),
      close: async () => {},
    };
    const app = await createTestApp({ signals, queueKind: 'redis' });
    const answer = await app.app.inject({ url: '/api/health' });
    await app.close();
    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toMatchObject({ status: 'degraded', redis: 'disconnected', queue: 'disconnected' });
  });

  it('is unhealthy without the database; then requests get 503 and livez goes on', async () => {
    const gone = connect('postgres://nobody@127.0.0.1:1/none');
    const app = await createTestApp({ db: gone });
    const health = await app.app.inject({ url: '/api/health' });
    expect([health.statusCode, health.json().status, health.json().database]).toEqual([
      503,
      'unhealthy',
      'disconnected',
    ]);
    expect((await app.app.inject({ url: '/api/livez' })).statusCode).toBe(200);
    const list = await app.send({ url: '/api/tutors' });
    expect([list.statusCode, list.json().error]).toEqual([503, 'unavailable']);
    await app.close();
    await gone.destroy();
  });
});

describe('errors', () => {
  it('have one shape, and a bug tells the request id and nothing else', async () => {
    const clock = () => Promise.reject(new Error('secret detail'));
    const app = await createTestApp({ clock });
    const answer = await app.send({ url: '/api/overview' });
    await app.close();
    expect(answer.statusCode).toBe(500);
    expect(answer.json()).toEqual({
      error: 'internal',
      message: expect.stringContaining('Request id'),
      details: { request_id: expect.any(String) },
    });
    expect(answer.body).not.toContain('secret detail');
  });

  it('answers 404 to an unknown path with a key, and outside the API without one', async () => {
    expect((await api.send({ url: '/api/none' })).json()).toMatchObject({ error: 'not_found' });
    expect((await api.app.inject({ url: '/favicon.ico' })).statusCode).toBe(404);
  });

  it('lets only FRONTEND_URL read from another origin', async () => {
    const app = await createTestApp({ frontendUrl: 'https://platform.example' });
    const answer = await app.send({ url: '/api/settings', headers: { origin: 'https://evil.example' } });
    expect(answer.headers['access-control-allow-origin']).toBe('https://platform.example');
    await app.close();
    const closed = await api.send({ url: '/api/settings', headers: { origin: 'https://evil.example' } });
    expect(closed.headers['access-control-allow-origin']).toBeUndefined();
  });
});

describe('OpenAPI', () => {
  it('is 3.1, names every route of the contract, and shows the shape of a session', async () => {
    const document = (await api.app.inject({ url: '/api/openapi.json' })).json();
    expect(document.openapi).toBe('3.1.0');
    expect(Object.keys(document.paths).toSorted()).toEqual(
      [
        '/api/audit',
        '/api/audit.csv',
        '/api/events',
        '/api/funnel',
        '/api/health',
        '/api/livez',
        '/api/me',
        '/api/me/password',
        '/api/me/sessions',
        '/api/me/sessions/end',
        '/api/metrics',
        '/api/overview',
        '/api/prior',
        '/api/reports',
        '/api/reports/{id}',
        '/api/reports/{id}/resend',
        '/api/sessions',
        '/api/sessions/batch',
        '/api/settings',
        '/api/sign-in',
        '/api/sign-out',
        '/api/sign-out-everywhere',
        '/api/threshold',
        '/api/tutors',
        '/api/tutors.csv',
        '/api/tutors/{id}',
        '/api/tutors/{id}/evidence',
        '/api/tutors/{id}/history',
        '/api/tutors/{id}/insights',
        '/api/tutors/{id}/rates',
        '/api/tutors/{id}/sessions',
      ].toSorted(),
    );
    const body = document.paths['/api/sessions'].post.requestBody.content['application/json'].schema;
    expect(JSON.stringify(document.components) + JSON.stringify(body)).toContain('reschedule_info');
  });
});

describe('a server that stops', () => {
  it('answers what it has, and says to what still comes that it stops', async () => {
    const asked = Promise.withResolvers<void>();
    const scraped = Promise.withResolvers<string>();
    const scrape = () => {
      asked.resolve();
      return scraped.promise;
    };
    const stopping = await createTestApp({ scrape });
    const address = await stopping.app.listen({ port: 0, host: '127.0.0.1' });
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const ask = (path: string) =>
      new Promise<string>((resolve, reject) => {
        get(new URL(path, address), { agent, headers: { 'x-api-key': API_KEY } }, (answer) => {
          let text = `${answer.statusCode} ${answer.headers.connection} `;
          answer.on('data', (chunk) => {
            text += String(chunk);
          });
          answer.once('end', () => resolve(text));
        }).once('error', reject);
      });
    const answers = [ask('/api/metrics'), ask('/api/settings')];
    await asked.promise;
    const closed = stopping.app.close();
    await vi.waitFor(() => expect(stopping.app.server.listening).toBe(false));
    scraped.resolve('tq_up 1');
    const [first = '', second = ''] = await Promise.all(answers);
    await closed;
    await stopping.drop();
    expect(first).toBe('200 keep-alive tq_up 1');
    expect(second).toContain('503 close {"error":"unavailable","message":"The server is stopping. Send it again."');
  });
});

describe('a connection at rest', () => {
  it('is kept for longer than proxies keep theirs, so that none sends into one that closes', async () => {
    const app = await createTestApp();
    onTestFinished(() => app.close());
    const { headers } = await fetch(new URL('/api/livez', await app.app.listen({ port: 0, host: '127.0.0.1' })));
    const [, seconds] = /^timeout=(\d+)$/.exec(headers.get('keep-alive') ?? '') ?? [];
    expect(Number(seconds)).toBeGreaterThan(60);
  });
});

describe('GET /api/events', () => {
  it('passes on what changes while it is open, and ends with the server', async () => {
    const events = liveEvents();
    const app = await createTestApp({ liveEvents: events });
    const address = await app.app.listen({ port: 0, host: '127.0.0.1' });
    const received = await new Promise<string>((resolve, reject) => {
      const agent = new Agent();
      get(new URL('/api/events', address), { agent, headers: { 'x-api-key': API_KEY } }, (answer) => {
        let text = '';
        answer.on('data', (chunk) => {
          text += String(chunk);
          if (text.includes('retry') && !text.includes('data')) events.publish('{"scores":3}');
          if (text.includes('data: ')) void app.app.close();
        });
        answer.once('end', () => resolve(text));
      }).once('error', reject);
    });
    await app.drop();
    expect(received).toContain('event: change\ndata: {"scores":3}\n\n');
  });
});
