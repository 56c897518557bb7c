import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApp, type TestApp } from '../../../test/app.ts';
import { PAGES } from '../../contract/pages.ts';

const INDEX =
  '<!doctype html><title>Tutor Quality</title><script type="module" src="/assets/index-B2Z0ph1C.js"></script>';
const SCRIPT = `document.title = '${'Tutor Quality '.repeat(50)}';`;
const ASSET = '/assets/index-B2Z0ph1C.js';
const HTML = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };

let folder: string;
let api: TestApp;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tq-'));
  const dist = join(folder, 'dist');
  await mkdir(join(dist, 'assets'), { recursive: true });
  await mkdir(join(dist, '.vite'));
  for (const [name, text] of [
    ['index.html', INDEX],
    ['theme.js', 'void 0;'],
    [ASSET, SCRIPT],
  ] as const) {
    await writeFile(join(dist, name), text);
    await writeFile(join(dist, `${name}.br`), brotliCompressSync(text));
    await writeFile(join(dist, `${name}.gz`), gzipSync(text));
  }
  await writeFile(join(dist, 'favicon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
  await writeFile(join(dist, '.stamp'), 'secret');
  await writeFile(join(dist, '.vite', 'manifest.json'), 'secret');
  await writeFile(join(dist, 'assets', '.hidden.js'), 'secret');
  await writeFile(join(folder, 'outside.js'), 'secret');
  api = await createTestApp({ dashboardDir: dist });
});
afterAll(async () => {
  await api.close();
  await rm(folder, { recursive: true });
});

describe('a page of the dashboard', () => {
  it.each(PAGES)('%s is the dashboard, for everybody, and is looked for again each time', async (page) => {
    const url = page.replace(':id', '0b7e4c9a-5d1f-4a53-9a54-0f2f7d1c2b3a');
    const answer = await api.app.inject({ url });
    expect([answer.statusCode, answer.body]).toEqual([200, INDEX]);
    expect(answer.headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-cache',
      etag: expect.any(String),
    });
    const again = await api.app.inject({ url, headers: { 'if-none-match': String(answer.headers.etag) } });
    expect([again.statusCode, again.body]).toEqual([304, '']);
    expect((await api.app.inject({ url: `${url}?window=30` })).body).toBe(INDEX);
  });

  it.each(['/', '/api/docs/'])('%s runs only what comes from our own origin, and is framed by nobody', async (url) => {
    const { headers } = await api.app.inject({ url });
    expect(String(headers['content-security-policy']).split(';').toSorted()).toEqual(
      [
        "default-src 'self'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "frame-src 'self'",
        "frame-ancestors 'none'",
        "form-action 'self'",
        "base-uri 'none'",
        "object-src 'none'",
      ].toSorted(),
    );
    expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' });
  });

  it('answers HEAD with the headers alone', async () => {
    const answer = await api.app.inject({ method: 'HEAD', url: '/tutors' });
    expect([answer.statusCode, answer.body, answer.headers['content-length']]).toEqual([200, '', `${INDEX.length}`]);
  });

  it('that does not exist is the dashboard too, as 404, for a person alone', async () => {
    const page = await api.app.inject({ url: '/no/such/page', headers: HTML });
    expect([page.statusCode, page.body, page.headers['cache-control']]).toEqual([404, INDEX, 'no-store']);
    // An answer that nobody keeps: asked for again, it has its words again.
    expect(page.headers.etag ?? page.headers['last-modified']).toBeUndefined();
    const { etag } = (await api.app.inject({ url: '/' })).headers;
    const again = await api.app.inject({ url: '/no', headers: { ...HTML, 'if-none-match': String(etag) } });
    expect([again.statusCode, again.body]).toEqual([404, INDEX]);
    expect((await api.app.inject({ method: 'HEAD', url: '/no', headers: HTML })).statusCode).toBe(404);
    for (const request of [{ url: '/no' }, { url: '/no', method: 'POST', headers: HTML } as const]) {
      const answer = await api.app.inject(request);
      expect([answer.statusCode, answer.json().error]).toEqual([404, 'not_found']);
    }
  });

  it('is none under /api, where JSON answers whoever asks', async () => {
    const closed = await api.app.inject({ url: '/api/none', headers: HTML });
    expect([closed.statusCode, closed.json().error]).toEqual([401, 'unauthenticated']);
    const missing = await api.send({ url: '/api/none', headers: HTML });
    expect([missing.statusCode, missing.json().error]).toEqual([404, 'not_found']);
  });
});

describe('a file of the dashboard', () => {
  it('with a hash in its name is kept for ever, and comes packed to who can unpack it', async () => {
    const plain = await api.app.inject({ url: ASSET });
    expect([plain.statusCode, plain.body]).toEqual([200, SCRIPT]);
    expect(plain.headers).toMatchObject({
      'content-type': 'application/javascript; charset=utf-8',
      'cache-control': 'public, max-age=31536000, immutable',
      vary: expect.stringMatching(/accept-encoding/i),
    });
    const brotli = await api.app.inject({ url: ASSET, headers: { 'accept-encoding': 'gzip, deflate, br, zstd' } });
    expect(brotli.headers).toMatchObject({
      'content-encoding': 'br',
      'content-type': 'application/javascript; charset=utf-8',
      'cache-control': 'public, max-age=31536000, immutable',
    });
    const gzip = await api.app.inject({ url: ASSET, headers: { 'accept-encoding': 'gzip' } });
    expect(gzip.headers['content-encoding']).toBe('gzip');
    expect(gunzipSync(gzip.rawPayload).toString()).toBe(SCRIPT);
    expect(brotli.rawPayload.length).toBeLessThan(SCRIPT.length);
  });

  it('without a hash is looked for again each time', async () => {
    for (const [url, type] of [
      ['/theme.js', 'application/javascript; charset=utf-8'],
      ['/favicon.svg', 'image/svg+xml'],
    ] as const) {
      const { statusCode, headers } = await api.app.inject({ url, headers: { 'accept-encoding': 'br' } });
      expect([statusCode, headers['content-type'], headers['cache-control']]).toEqual([200, type, 'no-cache']);
    }
  });

  it.each([
    '/.stamp',
    '/%2estamp',
    '/.vite/manifest.json',
    '/assets/.hidden.js',
    '/assets/%2ehidden.js',
    '/assets/../.stamp',
    '/assets/..%2f.stamp',
    '/assets/..%2f..%2foutside.js',
    '/assets/%2e%2e/%2e%2e/outside.js',
    '/..%2foutside.js',
    '/assets/..%5c..%5coutside.js',
    '/assets/',
    '/assets/index-00000000.js',
    '/assets/%00',
    '/%ff',
  ])('is not %s', async (url) => {
    const answer = await api.app.inject({ url });
    expect(answer.statusCode).toBeOneOf([400, 404]);
    expect(answer.json().error).toBeOneOf(['not_found', 'unreadable']);
    expect(answer.body).not.toContain('secret');
    expect(String(answer.headers['cache-control'])).not.toContain('max-age');
  });
});

describe('without a built dashboard', () => {
  it('pages say what to do, the API works, and a dashboard that is built meanwhile is there', async () => {
    const dist = join(folder, 'later');
    const app = await createTestApp({ dashboardDir: dist });
    const page = await app.app.inject({ url: '/' });
    expect([page.statusCode, page.headers['cache-control']]).toEqual([503, 'no-store']);
    expect(page.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(page.body).toContain('npm run build');
    expect(page.body).toContain('href="/api/docs"');
    expect((await app.app.inject({ url: '/no', headers: HTML })).json().error).toBe('not_found');
    expect((await app.app.inject({ url: '/api/health' })).statusCode).toBe(200);

    await mkdir(dist);
    await writeFile(join(dist, 'index.html'), INDEX);
    expect((await app.app.inject({ url: '/' })).body).toBe(INDEX);
    await app.close();
  });
});
