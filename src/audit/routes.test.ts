import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApp, type TestApp } from '../../test/app.ts';
import { auditRows } from '../../test/audit.ts';
import { fillEveryTable, OTHER_TUTOR, OTHER_USER, REPORT, TUTOR, USER } from '../../test/every-table.ts';
import { PASSWORD, signIn, signInAgain, type TestUser } from '../../test/sign-in.ts';
import type { AuditList } from '../contract/audit.ts';
import { record } from './record-queries.ts';

let api: TestApp;
let viewer: TestUser;
beforeAll(async () => {
  api = await createTestApp();
  await fillEveryTable(api.db);
  viewer = await signIn(api, 'viewer');
});
afterAll(() => api.close());

const read = async (query = ''): Promise<AuditList> => (await api.send({ url: `/api/audit${query}` })).json();
/** What was noted since the last time it was asked. */
const news = async () => {
  const rows = (await auditRows(api.db)).slice(known);
  known += rows.length;
  return rows;
};
let known = 0;

describe('GET /api/audit', () => {
  const USERS = { actor: USER, other: '00000000-0000-4000-8000-0000000000ff' };

  it('is newest first, with the names of today, and of those who are gone without', async () => {
    const by = (id: string) => ({ kind: 'user', id, requestId: 'request-2' }) as const;
    await record(api.db, by(USERS.actor), { action: 'saw', subject: 'tutor', subjectId: TUTOR });
    await record(api.db, by(USERS.other), { action: 'changed', subject: 'report', subjectId: REPORT });
    await record(api.db, by(USERS.actor), { action: 'changed', subject: 'user', subjectId: OTHER_USER });
    await record(api.db, by(USERS.actor), { action: 'saw', subject: 'tutor', subjectId: USERS.other });
    const { records, total } = await read('?from=2024-01-16&limit=4');
    const told = records.map(({ actor_name, subject_name, tutor_id }) => [actor_name, subject_name, tutor_id]);
    expect(told).toEqual([
      ['Maria Lopez', null, null],
      ['Maria Lopez', 'Admin', null],
      [null, 'Maria Lopez', TUTOR],
      ['Maria Lopez', 'Maria Lopez', TUTOR],
    ]);
    expect(total).toBe(records.length + 1);
    expect(await read('?from=2024-01-16&limit=2&offset=1')).toMatchObject({ records: records.slice(1, 3), total });
  });

  it.each([
    ['action=changed&subject=settings', 1],
    ['to=2024-01-15', 1],
    ['to=2024-01-14', 0],
    ['from=2024-01-15&to=2024-01-15', 1],
    ['from=2024-01-16&subject=settings', 0],
    [`subject_id=${TUTOR}`, 1],
    [`subject_id=${OTHER_TUTOR}`, 0],
    [`actor=${USERS.other}`, 1],
    ['actor_kind=api_key', 0],
    ['actor_kind=command&action=changed&subject=user', 1],
  ])('finds by %s', async (query, total) => {
    expect(await read(`?${query}`)).toMatchObject({ total, records: { length: total } });
  });

  it.each(['from=2026-02-30', 'action=looked', 'subject=weather', 'actor=', 'limit=501', 'more=1'])(
    'refuses %s',
    async (query) => {
      expect((await api.send({ url: `/api/audit?${query}` })).statusCode).toBe(400);
    },
  );

  it('takes whole days of the business', async () => {
    const { records } = await read('?to=2024-01-15');
    expect(records).toMatchObject([{ at: '2024-01-15T16:00:00.000Z', details: { from: 20, to: 15 } }]);
  });
});

describe('GET /api/audit.csv', () => {
  it('is noted itself, and runs no formula', async () => {
    const bad = { kind: 'command', id: '=cmd() by "root"', requestId: null } as const;
    await record(api.db, bad, { action: 'exported', subject: 'database', details: { note: '=1+1, "two"' } });
    const { headers, body } = await api.send({ url: '/api/audit.csv?action=exported' });
    expect(headers['content-disposition']).toBe('attachment; filename="audit-log.csv"');
    const [head, itself, line] = body.split('\r\n');
    expect(head).toBe(
      'id,at,actor_kind,actor_id,actor_name,action,subject_kind,subject_id,subject_name,tutor_id,request_id,details',
    );
    expect(itself).toMatch(/,api_key,[0-9a-f]{8},,exported,audit_log,.*"\{""action"":""exported""\}"$/);
    expect(line).toContain(`,command,"'=cmd() by ""root""",`);
  });
});

describe('what is noted', () => {
  it('of the threshold is what it was and what it is', async () => {
    await news();
    for (const risk_threshold of [22.5, 15]) {
      await api.send({ method: 'PUT', url: '/api/settings', payload: { risk_threshold } });
    }
    expect(await news()).toMatchObject([
      { actor_kind: 'api_key', action: 'changed', subject_kind: 'settings', details: { from: 15, to: 22.5 } },
      { details: { from: 22.5, to: 15 } },
    ]);
  });

  it('of a tutor who is changed is which fields were sent, and not what they say', async () => {
    const url = `/api/tutors/${OTHER_TUTOR}`;
    await api.send({ method: 'PUT', url, payload: { name: 'Grace Hopper', email: 'grace@example.com' } });
    const rows = await news();
    expect(rows).toMatchObject([{ subject_kind: 'tutor', subject_id: OTHER_TUTOR, details: { outcome: 'updated' } }]);
    expect(rows[0]?.details['fields']).toEqual(expect.arrayContaining(['name', 'email']));
    expect(JSON.stringify(rows)).not.toMatch(/grace/i);
  });

  it('of a report is that it was sent again, when it was', async () => {
    const url = `/api/reports/${REPORT}/resend`;
    expect((await api.send({ method: 'POST', url })).statusCode).toBe(409);
    await api.db
      .updateTable('email_reports')
      .set({ status: 'failed', error_message: 'no', next_attempt_at: null })
      .execute();
    expect((await api.send({ method: 'POST', url })).statusCode).toBe(202);
    expect(await news()).toMatchObject([{ action: 'changed', subject_kind: 'report', subject_id: REPORT }]);
  });

  it('of signing in is who did, who could not, and who left, and never an address', async () => {
    const { user } = viewer;
    const enter = (email: string, password: string) =>
      api.send({ method: 'POST', url: '/api/sign-in', payload: { email, password }, headers: { 'x-api-key': 'none' } });
    await enter('nobody@example.com', 'wrong');
    await enter(user.email, 'wrong');
    await enter(user.email, PASSWORD);
    const leaving = await signInAgain(api, user.email);
    const { headers } = leaving;
    await api.send({ method: 'POST', url: '/api/sign-out', headers });
    const everywhere = await signInAgain(api, user.email);
    await api.send({ method: 'POST', url: '/api/sign-out-everywhere', headers: everywhere.headers });
    const rows = await news();
    const told = rows.map(({ actor_kind, actor_id, action, subject_id }) => [actor_kind, actor_id, action, subject_id]);
    expect(told).toEqual([
      ['nobody', null, 'sign_in_failed', null],
      ['nobody', null, 'sign_in_failed', user.id],
      ['user', user.id, 'signed_in', user.id],
      ['user', user.id, 'signed_out', user.id],
      ['user', user.id, 'signed_out', user.id],
    ]);
    expect(rows.at(-1)?.details).toEqual({ what: 'everywhere' });
    expect(JSON.stringify(rows)).not.toContain('@');
  });

  it('of a password is that it was changed, and that somebody who is signed in did not know it', async () => {
    const { user, headers } = await signIn(api, 'coach');
    const change = (current_password: string) => {
      const payload = { current_password, new_password: 'another horse battery' };
      return api.send({ method: 'POST', url: '/api/me/password', payload, headers });
    };
    await change('a wrong one');
    await change(PASSWORD);
    expect(await news()).toMatchObject([
      { subject_id: user.id, details: { what: 'added', role: 'coach' } },
      { actor_id: user.id, action: 'sign_in_failed', subject_id: user.id, details: { what: 'password' } },
      { actor_id: user.id, action: 'changed', subject_id: user.id, details: { what: 'password' } },
    ]);
  });

  it('of sessions that are sent is nothing: they are the data', async () => {
    const session = { session_id: TUTOR, tutor_id: TUTOR, student_id: 's-9', status: 'no_show' };
    const payload = { ...session, scheduled_time: '2026-01-02T03:00:00Z' };
    expect((await api.send({ method: 'POST', url: '/api/sessions', payload })).statusCode).toBe(202);
    expect(await news()).toEqual([]);
  });
});
