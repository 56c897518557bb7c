import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApp, type TestApp } from '../../test/app.ts';
import { completedSession, hoursAgo, movedSession } from '../../test/factories.ts';

let api: TestApp;
beforeAll(async () => {
  api = await createTestApp();
});
afterAll(() => api.close());

const post = (payload: object) => api.send({ method: 'POST', url: '/api/sessions', payload });

describe('POST /api/sessions', () => {
  it('takes the documented example: a completed session that the tutor moved', async () => {
    const tutor_id = randomUUID();
    await api.send({ method: 'PUT', url: `/api/tutors/${tutor_id}`, payload: { name: 'Maria' } });
    const session_id = randomUUID();
    const answer = await post({
      session_id,
      tutor_id,
      student_id: 's-1',
      scheduled_time: '2024-01-15T14:00:00Z',
      completed_time: '2024-01-15T15:30:00Z',
      status: 'completed',
      duration_minutes: 90,
      reschedule_info: {
        initiator: 'tutor',
        reason: 'Personal emergency',
        original_time: '2024-01-15T14:00:00Z',
        new_time: '2024-01-16T14:00:00Z',
      },
    });
    expect(answer.statusCode).toBe(202);
    expect(answer.json()).toEqual({ status: 'accepted', session_id, outcome: 'created' });
    const moves = await api.db.selectFrom('reschedules').selectAll().where('session_id', '=', session_id).execute();
    expect(moves).toMatchObject([{ initiator: 'tutor', tutor_id, reason: 'Personal emergency', cancelled_at: null }]);
  });

  it('scores a move, whose tutor comes with it', async () => {
    const body = movedSession();
    expect((await post(body)).json()).toMatchObject({ outcome: 'created' });
    await api.work();
    const { tutor } = (await api.send({ url: `/api/tutors/${body.tutor_id}` })).json();
    expect(tutor).toMatchObject({
      name: 'Maria Lopez',
      scores: { reschedule_rate_7d: 100, is_high_risk: true, evidence: 'too_few', evidence_sessions: 1 },
      statistics: { total_sessions_7d: 1, tutor_reschedules_7d: 1 },
      open_flag: null,
    });
  });

  it('answers the same body again with unchanged, and a changed one with updated', async () => {
    const body = completedSession();
    expect((await post(body)).json()).toMatchObject({ outcome: 'created' });
    expect((await post(body)).json()).toMatchObject({ outcome: 'unchanged' });
    expect((await post({ ...body, duration_minutes: 45 })).json()).toMatchObject({ outcome: 'updated' });
  });

  it('makes one row, one score change and one report of a session that is posted 50 times at once', async () => {
    const body = movedSession();
    const answers = await Promise.all(Array.from({ length: 50 }, () => post(body)));
    const outcomes = answers.map((answer) => answer.json().outcome);
    expect(outcomes.filter((outcome) => outcome === 'created')).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome === 'unchanged')).toHaveLength(49);
    await api.work();
    const reports = await api.db
      .selectFrom('email_reports')
      .select('id')
      .where('session_id', '=', body.session_id)
      .execute();
    expect(reports).toHaveLength(1);
    const score = await api.db
      .selectFrom('tutor_scores')
      .selectAll()
      .where('tutor_id', '=', body.tutor_id)
      .executeTakeFirst();
    expect(score).toMatchObject({ total_sessions_7d: 1, tutor_reschedules_7d: 1 });
  });

  it('takes two first sessions of a new tutor at once', async () => {
    const tutor_id = randomUUID();
    const answers = await Promise.all([completedSession({ tutor_id }), completedSession({ tutor_id })].map(post));
    expect(answers.map((answer) => answer.statusCode)).toEqual([202, 202]);
  });

  it('counts a session for its new tutor only, once it was given to another', async () => {
    const body = movedSession();
    await post(body);
    const other = { ...body, tutor_id: randomUUID(), tutor: { name: 'Tom Berg' } };
    expect((await post(other)).json()).toMatchObject({ outcome: 'updated' });
    await api.work();
    const counts = async (id: string) => (await api.send({ url: `/api/tutors/${id}` })).json().tutor.statistics;
    expect(await counts(body.tutor_id)).toMatchObject({ total_sessions_7d: 0, tutor_reschedules_7d: 0 });
    expect(await counts(other.tutor_id)).toMatchObject({ total_sessions_7d: 1, tutor_reschedules_7d: 1 });
  });

  it.each([
    ['an unknown tutor', { tutor: undefined }, 'tutor_id'],
    ['no offset', { scheduled_time: '2024-01-15T14:00:00' }, 'scheduled_time'],
    ['a date that does not exist', { scheduled_time: '2024-02-30T14:00:00Z' }, 'scheduled_time'],
    ['an epoch number', { scheduled_time: 1705327200 }, 'scheduled_time'],
    [
      'the year 3000',
      { scheduled_time: '3000-01-01T00:00:00Z', completed_time: '3000-01-01T01:00:00Z' },
      'scheduled_time',
    ],
    ['a time before 2000', { scheduled_time: '1999-12-31T23:59:59Z' }, 'scheduled_time'],
    ['no completed_time', { completed_time: undefined }, 'completed_time'],
    ['a completed_time before the start', { completed_time: hoursAgo(25) }, 'completed_time'],
    ['a completed_time to come', { completed_time: hoursAgo(-1) }, 'completed_time'],
    ['a completed_time of a no-show', { status: 'no_show' }, 'completed_time'],
    ['an unknown status', { status: 'cancelled' }, 'status'],
    ['a duration of 0', { duration_minutes: 0 }, 'duration_minutes'],
    ['a duration of 1441', { duration_minutes: 1441 }, 'duration_minutes'],
    ['an empty student', { student_id: '' }, 'student_id'],
    ['a student of 256 characters', { student_id: 'x'.repeat(256) }, 'student_id'],
    ['a NUL character', { student_id: 'a\u0000b' }, 'student_id'],
    ['half a surrogate pair', { student_id: 'a\ud800b' }, 'student_id'],
    ['an id that is none', { session_id: '42' }, 'session_id'],
    ['a field that does not exist', { reshedule_info: {} }, 'reshedule_info'],
    ['an email that is none', { tutor: { name: 'A', email: 'a\r\nBcc: x@y.z' } }, 'tutor.email'],
  ])('refuses %s, naming the field, and stores nothing', async (_what, change, field) => {
    const body = { ...completedSession(), ...change };
    const answer = await post(body);
    expect(answer.statusCode).toBe(422);
    expect(Object.keys(answer.json().details)).toContain(field);
    const stored = await api.db.selectFrom('tutors').select('id').where('id', '=', body.tutor_id).execute();
    expect(stored).toEqual([]);
  });

  it.each([
    ['rescheduled without reschedule_info', { reschedule_info: undefined }, 'reschedule_info'],
    ['rescheduled with null', { reschedule_info: null }, 'reschedule_info'],
    ['an unknown initiator', { reschedule_info: { initiator: 'parent' } }, 'reschedule_info.initiator'],
    ['no initiator', { reschedule_info: { reason: 'x' } }, 'reschedule_info.initiator'],
    [
      'another original_time',
      { reschedule_info: { initiator: 'tutor', original_time: hoursAgo(2) } },
      'reschedule_info.original_time',
    ],
    [
      'a new_time before the original',
      { reschedule_info: { initiator: 'tutor', new_time: hoursAgo(48) } },
      'reschedule_info.new_time',
    ],
    [
      'a cancelled_at to come',
      { reschedule_info: { initiator: 'tutor', cancelled_at: hoursAgo(-1) } },
      'reschedule_info.cancelled_at',
    ],
    [
      'a reason of 2001 characters',
      { reschedule_info: { initiator: 'tutor', reason: 'x'.repeat(2001) } },
      'reschedule_info.reason',
    ],
  ])('refuses a move with %s', async (_what, change, field) => {
    const answer = await post({ ...movedSession(), ...change });
    expect(answer.statusCode).toBe(422);
    expect(Object.keys(answer.json().details)).toContain(field);
  });

  it('refuses a notice of thousands of hours after the session', async () => {
    const scheduled_time = hoursAgo(59_900);
    const reschedule_info = { initiator: 'tutor' as const, cancelled_at: hoursAgo(1) };
    const answer = await post(movedSession({ scheduled_time, reschedule_info }));
    expect(answer.json().details).toHaveProperty(['reschedule_info.cancelled_at']);
  });

  it('takes any offset and keeps the instant', async () => {
    const body = completedSession({
      scheduled_time: '2024-01-15T19:30:00+05:30',
      completed_time: '2024-01-15T10:00:00-05:00',
    });
    expect((await post(body)).statusCode).toBe(202);
    const { sessions } = (await api.send({ url: `/api/tutors/${body.tutor_id}/sessions` })).json();
    expect(sessions[0]).toMatchObject({
      scheduled_time: '2024-01-15T14:00:00.000Z',
      completed_time: '2024-01-15T15:00:00.000Z',
    });
  });

  it('refuses an email that belongs to another tutor, whatever its case', async () => {
    await post(completedSession({ tutor: { name: 'A', email: 'one@tutors.example' } }));
    const answer = await post(completedSession({ tutor: { name: 'B', email: 'ONE@tutors.example' } }));
    expect(answer.statusCode).toBe(422);
    expect(answer.json().details).toEqual({ 'tutor.email': 'belongs to another tutor' });
  });

  it.each([
    ['broken JSON', '{"session_id": ', 'application/json', 400],
    ['another media type', 'a=b', 'application/x-www-form-urlencoded', 400],
    ['an empty body', '', 'application/json', 400],
    ['JSON that says it is text', '{}', 'text/plain', 400],
    ['a list', '[]', 'application/json', 422],
    ['more than 64 kB', JSON.stringify({ student_id: 'x'.repeat(70_000) }), 'application/json', 413],
  ])('answers %s without a stack trace', async (_what, payload, type, status) => {
    const answer = await api.send({ method: 'POST', url: '/api/sessions', payload, headers: { 'content-type': type } });
    expect(answer.statusCode).toBe(status);
    expect(Object.keys(answer.json())).toEqual(['error', 'message', 'details']);
    expect(answer.body).not.toMatch(/at .*\.ts/);
  });
});

describe('POST /api/sessions/batch', () => {
  const batch = (sessions: unknown) => api.send({ method: 'POST', url: '/api/sessions/batch', payload: { sessions } });

  it('answers each item in order, and an invalid one stops nobody', async () => {
    const [first, third] = [completedSession(), movedSession()];
    const answer = await batch([first, { ...first, session_id: 'no' }, third, first, null]);
    expect(answer.statusCode).toBe(202);
    expect(answer.json().results).toMatchObject([
      { index: 0, session_id: first.session_id, outcome: 'created' },
      { index: 1, error: 'invalid', details: { session_id: 'must be a UUID' } },
      { index: 2, session_id: third.session_id, outcome: 'created' },
      { index: 3, session_id: first.session_id, outcome: 'unchanged' },
      { index: 4, error: 'invalid' },
    ]);
  });

  it('folds corrections of one session in the order in which they stand', async () => {
    const body = completedSession();
    await batch([body, { ...body, duration_minutes: 30 }, { ...body, duration_minutes: 45 }]);
    const { sessions } = (await api.send({ url: `/api/tutors/${body.tutor_id}/sessions` })).json();
    expect(sessions).toMatchObject([{ duration_minutes: 45 }]);
  });

  it('takes 1,000 and refuses 1,001', async () => {
    const tutor_id = randomUUID();
    const thousand = Array.from({ length: 1000 }, () => completedSession({ tutor_id }));
    expect((await batch(thousand)).json().results).toHaveLength(1000);
    expect((await batch([...thousand, thousand[0]])).statusCode).toBe(413);
  });

  it('refuses a body without a list', async () => {
    expect((await batch('no')).json().details).toEqual({ sessions: 'must be a list' });
  });
});
