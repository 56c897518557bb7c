import { afterAll, beforeAll, expect, it } from 'vitest';
import { API_KEY, createTestApp, type TestApp } from '../../../test/app.ts';
import { PASSWORD, signIn, type TestUser } from '../../../test/sign-in.ts';

const PLATFORM = 'https://platform.example';
const HOST = 'tutors.example';

let api: TestApp;
let admin: TestUser;
beforeAll(async () => {
  api = await createTestApp({ frontendUrl: PLATFORM });
  admin = await signIn(api, 'admin');
});
afterAll(() => api.close());

/** What a browser says of where a request comes from, and whether that is us. */
const ORIGINS: [what: string, headers: Record<string, string>, isOurs: boolean][] = [
  ['our own page', { 'sec-fetch-site': 'same-origin', origin: `https://${HOST}` }, true],
  ['our own page, without Origin', { 'sec-fetch-site': 'same-origin' }, true],
  ['our own page, where the browser says no more than its origin', { origin: `http://${HOST}` }, true],
  ['the page of FRONTEND_URL', { 'sec-fetch-site': 'same-site', origin: PLATFORM }, true],
  ['the page of FRONTEND_URL, on another site', { 'sec-fetch-site': 'cross-site', origin: PLATFORM }, true],
  ['another site', { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }, false],
  ['another site, without Origin', { 'sec-fetch-site': 'cross-site' }, false],
  ['a sister of our host', { 'sec-fetch-site': 'same-site', origin: 'https://blog.tutors.example' }, false],
  ['our host over another protocol', { 'sec-fetch-site': 'cross-site', origin: `http://${HOST}` }, false],
  ['another origin, in an old browser', { origin: 'https://evil.example' }, false],
  ['another port of our host, in an old browser', { origin: `http://${HOST}:8080` }, false],
  ['a host that begins as ours', { origin: `https://${HOST}.evil.example` }, false],
  ['a sandbox', { origin: 'null' }, false],
  ['an origin that is none', { origin: 'tutors.example' }, false],
  ['a link that was typed', { 'sec-fetch-site': 'none' }, false],
];

it.each(ORIGINS)('a change with a cookie that comes from %s', async (_what, headers, isOurs) => {
  const answer = await change({ cookie: admin.headers.cookie, ...headers });
  expect(answer.statusCode).toBe(isOurs ? 200 : 403);
  expect(answer.json().details).toEqual(isOurs ? undefined : { origin: 'is not ours' });
});

it.each(ORIGINS)('a sign-in that comes from %s', async (_what, headers, isOurs) => {
  const answer = await api.app.inject({
    method: 'POST',
    url: '/api/sign-in',
    remoteAddress: nextAddress(),
    headers: { host: HOST, ...headers },
    payload: { email: admin.user.email, password: PASSWORD },
  });
  expect(answer.statusCode).toBe(isOurs ? 200 : 403);
  expect(answer.headers['set-cookie'] === undefined).toBe(!isOurs);
});

it('a change with a cookie that does not say where it comes from is refused', async () => {
  expect((await change({ cookie: admin.headers.cookie })).statusCode).toBe(403);
});

it('a change with a key may come from anywhere', async () => {
  const answer = await change({ 'x-api-key': API_KEY, origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' });
  expect(answer.statusCode).toBe(200);
});

it('reading with a cookie is not asked where it comes from: another site cannot see the answer', async () => {
  const headers = { cookie: admin.headers.cookie, origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' };
  const answer = await api.app.inject({ url: '/api/settings', headers: { host: HOST, ...headers } });
  expect(answer.statusCode).toBe(200);
  expect(answer.headers['access-control-allow-origin']).toBe(PLATFORM);
  expect(answer.headers['access-control-allow-credentials']).toBe('true');
});

let addresses = 0;
/** Each try from another place: they are counted. */
function nextAddress(): string {
  addresses += 1;
  return `10.0.0.${addresses}`;
}

async function change(headers: Record<string, string>) {
  const payload = { risk_threshold: 15 };
  return api.app.inject({ method: 'PUT', url: '/api/settings', headers: { host: HOST, ...headers }, payload });
}
