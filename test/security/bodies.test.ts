import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApp, type TestApp } from '../app.ts';
import { completedSession, movedSession } from '../factories.ts';
import { PASSWORD, signIn, type TestUser } from '../sign-in.ts';

let api: TestApp;
let admin: TestUser;
const moved = movedSession({ student_id: 's-4711', tutor: { name: 'Ada Byron', email: 'ada@x.example' } });
beforeAll(async () => {
  api = await createTestApp();
  admin = await signIn(api, 'admin');
  await api.send({ method: 'POST', url: '/api/sessions', payload: moved });
  await api.work();
});
afterAll(() => api.close());

const JSON_TYPE = { 'content-type': 'application/json' };
type Change = { method: 'POST' | 'PUT'; url: string; payload: Record<string, unknown> };

/** Every change that takes a body, with one that it would take. */
const CHANGES: Change[] = [
  { method: 'POST', url: '/api/sessions', payload: completedSession() },
  { method: 'PUT', url: `/api/tutors/${moved.tutor_id}`, payload: { name: 'Ada Byron' } },
  { method: 'PUT', url: '/api/settings', payload: { risk_threshold: 15 } },
  { method: 'POST', url: '/api/me/password', payload: { current_password: PASSWORD, new_password: 'battery horse' } },
  { method: 'POST', url: '/api/me/sessions/end', payload: { current_password: PASSWORD, own_session_id: null } },
  { method: 'POST', url: '/api/sign-in', payload: { email: 'nobody@example.com', password: PASSWORD } },
];
/** What the tables have, and no sender may set. */
const FOREIGN = ['id', 'role', 'is_high_risk', 'created_at', 'disabled_at', 'version', 'updated_by', 'constructor'];

describe('a body', () => {
  it.each(CHANGES)('of $method $url sets nothing but its own fields', async (change) => {
    const { url, payload } = change;
    const headers = url.startsWith('/api/me') || url === '/api/sign-in' ? admin.headers : {};
    for (const field of FOREIGN) {
      const answer = await api.send({ ...change, headers, payload: { ...payload, [field]: 'admin' } });
      expect([field, answer.statusCode, Object.keys(answer.json().details ?? {})]).toEqual([field, 422, [field]]);
    }
  });

  it.each(CHANGES)('of $method $url cannot reach the prototypes', async (change) => {
    const { url, payload } = change;
    const headers = { ...JSON_TYPE, ...(url.startsWith('/api/me') || url === '/api/sign-in' ? admin.headers : {}) };
    for (const trick of ['"__proto__":{"isAdmin":true}', '"constructor":{"prototype":{"isAdmin":true}}']) {
      const text = `${JSON.stringify(payload).slice(0, -1)},${trick}}`;
      expect((await api.send({ ...change, headers, payload: text })).statusCode).toBeOneOf([400, 422]);
    }
    expect(Reflect.get({}, 'isAdmin')).toBeUndefined();
  });

  it('of a batch cannot either, in any item, nor can its parts set what is not theirs', async () => {
    const items = [{ ...completedSession(), role: 'admin' }, completedSession()];
    const answer = await api.send({ method: 'POST', url: '/api/sessions/batch', payload: { sessions: items } });
    expect(answer.json().results).toMatchObject([{ error: 'invalid', details: { role: expect.any(String) } }, {}]);
    const text = `{"sessions":[{"__proto__":{"isAdmin":true}}]}`;
    const tricked = await api.send({ method: 'POST', url: '/api/sessions/batch', headers: JSON_TYPE, payload: text });
    expect(tricked.statusCode).toBe(400);
    expect(Reflect.get({}, 'isAdmin')).toBeUndefined();
  });

  it('has a size that is documented, and is not read beyond it', async () => {
    const post = async (url: string, bytes: number) => {
      const payload = JSON.stringify({ sessions: ['x'.repeat(bytes)] });
      return (await api.send({ method: 'POST', url, headers: JSON_TYPE, payload })).statusCode;
    };
    expect([await post('/api/sessions', 65 * 1024), await post('/api/sessions/batch', 65 * 1024)]).toEqual([413, 202]);
    expect(await post('/api/sessions/batch', 4 * 1024 * 1024)).toBe(413);
  });

  it('is JSON and says so: no form of another site can send one', async () => {
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x']) {
      const headers = { ...admin.headers, 'content-type': type };
      const answer = await api.send({ method: 'PUT', url: '/api/settings', headers, payload: '{"risk_threshold":20}' });
      expect([type, answer.statusCode]).toEqual([type, 400]);
    }
  });
});

describe('a query', () => {
  it('takes each parameter once, none that it does not know, and no page without an end', async () => {
    const refused = ['limit=1&limit=2', 'limit=501', 'limit=0', 'offset=-1', 'nonsense=1', 'search[]=a', '__proto__=1'];
    for (const query of refused) {
      const answer = await api.send({ url: `/api/tutors?${query}` });
      expect([query, answer.statusCode]).toEqual([query, 400]);
    }
  });
});

describe('an answer', () => {
  it('shows a student or an address only where that is what is asked for, and no secret anywhere', async () => {
    const paths: Record<string, { get?: object }> = JSON.parse(JSON.stringify(api.app.swagger().paths));
    const urls = Object.entries(paths).filter(([path, { get }]) => get !== undefined && path !== '/api/events');
    const users = await api.db.selectFrom('user_credentials').select('password').execute();
    const tokens = await api.db.selectFrom('user_sessions').select('token').execute();
    const secrets = [...users.map(({ password }) => password), ...tokens.map(({ token }) => token), PASSWORD];
    const shown = { student: new Set<string>(), address: new Set<string>() };
    const { id: report } = await api.db.selectFrom('email_reports').select('id').executeTakeFirstOrThrow();
    for (const [path] of urls) {
      const id = path.startsWith('/api/reports') ? report : moved.tutor_id;
      const query = path === '/api/threshold' ? '?risk_threshold=20' : '';
      const answer = await api.send({ url: path.replace('{id}', id) + query, headers: admin.headers });
      expect([path, answer.statusCode]).toEqual([path, 200]);
      for (const secret of secrets) expect(answer.body).not.toContain(secret);
      if (answer.body.includes('s-4711')) shown.student.add(path);
      if (answer.body.includes('ada@x.example')) shown.address.add(path);
    }
    expect([...shown.student].toSorted()).toEqual([
      '/api/reports/{id}',
      '/api/tutors/{id}/evidence',
      '/api/tutors/{id}/sessions',
    ]);
    expect([...shown.address]).toEqual(['/api/tutors/{id}']);
  });
});
