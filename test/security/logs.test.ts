import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SECRET } from '../app.ts';
import { createTestDatabase, type TestDatabase } from '../database.ts';
import { completedSession } from '../factories.ts';
import { programs } from '../processes.ts';
import { PASSWORD } from '../sign-in.ts';

const app = programs();
const KEY = 'leak-key-0123456789abcdef';
const EMAIL = 'leak.person@example.com';
const NEXT = 'leak horse battery correct';
const person = { name: 'Leak Person', email: 'leak.tutor@example.com' };
const session = completedSession({ student_id: 'leak-student', tutor: person });

let database: TestDatabase;
let statuses: number[];
let output: string;
let lines: Record<string, unknown>[];

/** Sends secrets and personal data through every door of a real API, and keeps all that it wrote. */
beforeAll(async () => {
  database = await createTestDatabase();
  const environment = { DATABASE_URL: database.connectionString, API_KEY: KEY, SECRET_KEY: SECRET, LOG_LEVEL: 'debug' };
  const added = await app.run(
    ['user', 'add', EMAIL, '--name', 'Leak User', '--role', 'admin', '--password-stdin'],
    environment,
    PASSWORD,
  );
  const api = await app.start(['api'], environment);
  const address = await api.says(/(http:\/\/127[^\s"]+)/);
  const ask = async (path: string, method = 'GET', headers: Record<string, string> = {}, body?: unknown) => {
    const sent = body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) };
    const type = body === undefined ? {} : { 'content-type': 'application/json' };
    return fetch(new URL(path, address), { method, headers: { ...type, ...headers }, ...sent });
  };
  const key = { 'x-api-key': KEY };
  const own = { 'sec-fetch-site': 'same-origin' };
  const odd = { 'user-agent': 'leak-agent', referer: 'https://leak.example', 'x-forwarded-for': 'leak-address' };
  const more = { ...odd, 'x-request-id': 'leak-id', traceparent: 'leak-trace', authorization: 'Bearer leak-token' };
  const signedIn = await ask('/api/sign-in', 'POST', own, { email: EMAIL, password: PASSWORD });
  const cookie = String(signedIn.headers.getSetCookie()[0]?.split(';')[0]);
  const answers = [
    signedIn,
    await ask('/api/tutors?search=leak-search', 'GET', { ...key, ...more }),
    await ask('/api/tutors', 'GET', { 'x-api-key': 'leak-wrong-key-0123456789' }),
    await ask('/api/tutors', 'GET', { cookie: 'tutor_quality.session_token=leak-cookie' }),
    await ask('/api/metrics', 'GET', { authorization: 'Bearer leak-metrics-token' }),
    await ask('/leak-path/leak.person@example.com?leak-query=1', 'GET', more),
    await ask('/api/leak-path%0a%22leak', 'GET', key),
    await ask('/api/%leak', 'GET', key),
    await ask('/api/sign-in', 'POST', own, { email: EMAIL, password: 'leak-wrong-password' }),
    await ask('/api/sign-in', 'POST', own, { email: 'leak-nobody', password: 'leak', more: 'leak' }),
    await ask('/api/me/password', 'POST', { cookie, ...own }, { current_password: 'leak-no', new_password: NEXT }),
    await ask('/api/me/password', 'POST', { cookie, ...own }, { current_password: PASSWORD, new_password: NEXT }),
    await ask('/api/sessions', 'POST', key, session),
    await ask('/api/sessions', 'POST', key, '{"leak": "leak-json'),
    await ask('/api/sessions', 'POST', key, { ...session, scheduled_time: 'leak-time', leak: 'leak-field' }),
    await ask('/api/sessions/batch', 'POST', key, {
      sessions: [{ ...session, student_id: 'leak\u0000' }, 'leak-item'],
    }),
    await ask(`/api/tutors/${session.session_id}`, 'PUT', key, { ...person, is_active: true }),
    await ask('/api/tutors.csv?search=Leak%20Person', 'GET', key),
    await ask('/api/sessions', 'POST', key, { leak: 'leak'.repeat(30_000) }),
  ];
  statuses = answers.map(({ status }) => status);
  for (const answer of answers) await answer.text();
  const socket = connect(Number(new URL(address).port), '127.0.0.1');
  socket.end(`GET /leak-raw HTTP/1.1\r\nhost: a\r\nleak: a\0b\r\n\r\n`);
  await text(socket);
  const { stdout, stderr } = await api.stop('SIGTERM');
  output = [added.stdout, added.stderr, stdout, stderr].join('\n');
  lines = stderr
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line): Record<string, unknown> => JSON.parse(line));
});
afterAll(() => database.drop());

describe('what real processes write', () => {
  it('holds no key, password, cookie, name, address or student, whichever door they came through', () => {
    expect(statuses.join(' ')).toBe('200 200 401 401 401 404 404 400 401 422 422 204 202 400 422 202 409 200 413');
    const found = output.split('\n').filter((line) => /leak/i.test(line) || line.includes(PASSWORD));
    // The command that was asked to add a user says to whoever asked that it did.
    expect(found).toEqual([`${EMAIL} can sign in as admin.`]);
    expect(output).not.toContain(SECRET);
    expect(output).not.toContain(new URL(database.connectionString).password);
  });

  it('is one JSON object a line, with a time in UTC, the request and who asked, also when somebody is refused', () => {
    const requests = lines.filter(({ msg }) => msg === 'request');
    const told = requests.map(({ status }) => status);
    expect(told.filter((status) => status === 401)).toHaveLength(4);
    for (const line of requests)
      expect(line).toMatchObject({
        time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
        request_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        method: expect.any(String),
        route: expect.any(String),
        caller: expect.stringMatching(/^$|^key-[0-9a-f]{8}$|^user-[0-9a-f-]{36}$/),
      });
    expect(requests.some(({ caller }) => String(caller).startsWith('user-'))).toBe(true);
  });
});
