import fastify from 'fastify';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApp, type TestApp } from '../../../test/app.ts';
import { auditRows } from '../../../test/audit.ts';
import { TUTOR } from '../../../test/every-table.ts';
import { signIn, type TestUser } from '../../../test/sign-in.ts';
import { gatherReads } from '../../audit/gather-reads.ts';
import { auditRequests } from './audit.ts';

/** What the use of each documented route is for the audit log; `null` where it holds nothing about a person. */
const RULES: Record<string, string | null> = {
  'get /api/health': null,
  'get /api/livez': null,
  'get /api/metrics': null,
  'post /api/sign-in': 'signed_in user',
  'post /api/sign-out': 'signed_out user',
  'post /api/sign-out-everywhere': 'signed_out user',
  'get /api/me': null,
  'post /api/me/password': 'changed user',
  'get /api/me/sessions': null,
  'post /api/me/sessions/end': 'signed_out user',
  'get /api/events': null,
  'get /api/overview': 'saw tutors',
  'get /api/funnel': 'saw tutors',
  'get /api/reports': 'saw reports',
  'get /api/reports/{id}': 'saw report',
  'post /api/reports/{id}/resend': 'changed report',
  'get /api/settings': null,
  'put /api/settings': 'changed settings',
  // The data themselves: they say when they came and what they were.
  'post /api/sessions': null,
  'post /api/sessions/batch': null,
  'get /api/threshold': 'saw tutors',
  'get /api/tutors': 'saw tutors',
  'get /api/tutors.csv': 'exported tutors',
  'get /api/tutors/{id}': 'saw tutor',
  'put /api/tutors/{id}': 'changed tutor',
  'get /api/tutors/{id}/history': 'saw tutor',
  'get /api/tutors/{id}/evidence': 'saw tutor',
  'get /api/tutors/{id}/insights': 'saw tutor',
  'get /api/prior': null,
  'get /api/tutors/{id}/rates': 'saw tutor',
  'get /api/tutors/{id}/sessions': 'saw tutor',
  'get /api/audit': 'saw audit_log',
  'get /api/audit.csv': 'exported audit_log',
};

let api: TestApp;
let admin: TestUser;
beforeAll(async () => {
  api = await createTestApp();
  admin = await signIn(api, 'admin');
});
afterAll(() => api.close());

describe('what a route is for the audit log', () => {
  it('is said by each of them, and documented', () => {
    const paths: Record<string, Record<string, { 'x-audit'?: string }>> = JSON.parse(
      JSON.stringify(api.app.swagger().paths),
    );
    const documented = Object.entries(paths).flatMap(([path, operations]) =>
      Object.entries(operations).map(([method, operation]) => [`${method} ${path}`, operation['x-audit'] ?? null]),
    );
    expect(Object.fromEntries(documented)).toEqual(RULES);
  });

  it('must be said: a route of the API that does not cannot exist', () => {
    const app = fastify();
    const reads = gatherReads({ write: () => Promise.resolve(), log: app.log });
    auditRequests(app, { db: api.db, reads });
    expect(() => app.get('/api/forgotten', () => 'hello')).toThrow(
      'GET /api/forgotten does not say what it is for the audit log',
    );
    expect(() => app.get('/api/docs-of-mine', () => 'hello')).toThrow('does not say what it is');
    expect(() => app.get('/page', () => 'hello')).not.toThrow();
  });
});

describe('every route that shows something about a person', () => {
  const seen = Object.entries(RULES).filter(([, rule]) => rule?.startsWith('saw '));

  it('is noted when a user asks it, and not when a program does, or nothing is shown', async () => {
    const app = await createTestApp();
    const { user, headers } = await signIn(app, 'admin');
    await put(app, TUTOR);
    const ask = async (more: object) => {
      for (const [route] of seen) {
        const url = (route.split(' ')[1] ?? '').replace('{id}', TUTOR);
        await app.app.inject({ url: url.includes('/threshold') ? `${url}?risk_threshold=20` : url, ...more });
      }
    };
    await ask({ headers: { 'x-api-key': 'wrong' } });
    await app.send({ url: '/api/tutors?limit=nonsense', headers });
    await app.send({ url: '/api/tutors' });
    await ask({ headers });
    await ask({ headers });
    await app.send({ url: '/api/audit' });
    const looks = (await auditRows(app.db)).filter(({ action }) => action === 'saw');
    expect(looks.every(({ actor_id, request_id }) => actor_id === user.id && request_id !== null)).toBe(true);
    // There is no report, and so none was seen.
    expect(looks.map(({ subject_kind, subject_id }) => [subject_kind, subject_id]).sort()).toEqual([
      ['audit_log', null],
      ['reports', null],
      ['tutor', TUTOR],
      ['tutors', null],
    ]);
    await app.close();
  });
});

it('notes what was seen last when the server is closed', async () => {
  const app = await createTestApp();
  const { user, headers } = await signIn(app, 'viewer');
  await app.send({ url: '/api/tutors', headers });
  await app.app.close();
  expect((await auditRows(app.db)).at(-1)).toMatchObject({ action: 'saw', actor_id: user.id, subject_kind: 'tutors' });
  await app.drop();
});

describe('an export', () => {
  it('is noted each time, with who asked and what for, and never with what was searched', async () => {
    const csv = '/api/tutors.csv?search=Maria&evidence=watch&columns=name,is_active';
    for (const headers of [{}, admin.headers, admin.headers]) await api.send({ url: csv, headers });
    const exports = (await auditRows(api.db)).filter(({ action }) => action === 'exported');
    expect(exports.map(({ actor_kind, subject_kind }) => [actor_kind, subject_kind])).toEqual([
      ['api_key', 'tutors'],
      ['user', 'tutors'],
      ['user', 'tutors'],
    ]);
    expect(exports[0]?.actor_id).toMatch(/^[0-9a-f]{8}$/);
    expect(exports[0]?.details).toMatchObject({ search: true, evidence: 'watch' });
    expect(JSON.stringify(exports)).not.toContain('Maria');
  });

  it.each(['tutors', 'audit'])(
    'is none when the head of %s.csv is asked for, which hands nothing out',
    async (file) => {
      const before = await auditRows(api.db);
      const { statusCode, body, headers } = await api.send({ method: 'HEAD', url: `/api/${file}.csv` });
      expect([statusCode, body, headers['content-type']]).toEqual([200, '', 'text/csv; charset=utf-8']);
      await api.send({ method: 'HEAD', url: '/api/tutors', headers: admin.headers });
      await api.send({ url: '/api/audit' });
      expect(await auditRows(api.db)).toEqual(before);
    },
  );

  it('does not happen where it cannot be noted', async () => {
    const app = await createTestApp();
    await sql`alter table audit_log rename to audit_log_elsewhere`.execute(app.db);
    const answer = await app.send({ url: '/api/tutors.csv' });
    expect([answer.statusCode, answer.json().error]).toEqual([503, 'unavailable']);
    expect((await app.send({ url: '/api/tutors' })).statusCode).toBe(200);
    await app.close();
  });
});

describe('every route that changes something', () => {
  it('leaves no change without its record, and no record without its change', async () => {
    const app = await createTestApp();
    const { headers } = await signIn(app, 'admin');
    const changes = Object.entries(RULES).filter(([, rule]) => rule?.startsWith('changed '));
    expect(changes.map(([route]) => route)).toEqual([
      'post /api/me/password',
      'post /api/reports/{id}/resend',
      'put /api/settings',
      'put /api/tutors/{id}',
    ]);
    await sql`alter table audit_log add constraint full_up check (action <> 'changed') not valid`.execute(app.db);
    const before = (await app.send({ url: '/api/settings' })).json();
    const ask = (url: string, payload: object) => app.app.inject({ method: 'PUT', url, payload, headers });
    expect((await ask('/api/settings', { risk_threshold: 33 })).statusCode).toBe(500);
    expect((await ask(`/api/tutors/${TUTOR}`, { name: 'Maria Lopez', is_active: true })).statusCode).toBe(500);
    const payload = { current_password: 'correct horse battery', new_password: 'another horse battery' };
    const password = await app.app.inject({ method: 'POST', url: '/api/me/password', payload, headers });
    expect(password.statusCode).toBe(500);
    await sql`alter table audit_log drop constraint full_up`.execute(app.db);
    expect((await app.send({ url: '/api/settings' })).json()).toEqual(before);
    expect((await app.send({ url: `/api/tutors/${TUTOR}` })).statusCode).toBe(404);
    expect((await app.send({ url: '/api/me', headers })).json().user).not.toBeNull();
    await app.close();
  });
});

async function put(app: TestApp, id: string): Promise<void> {
  await app.send({ method: 'PUT', url: `/api/tutors/${id}`, payload: { name: 'Maria Lopez', is_active: true } });
}
