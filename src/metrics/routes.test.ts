import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { API_KEY, createTestApp, METRICS_TOKEN, type TestApp } from '../../test/app.ts';
import { completedSession, movedSession } from '../../test/factories.ts';
import { signIn } from '../../test/sign-in.ts';
import { connect } from '../database/connection.ts';
import { METRICS_CONTENT_TYPE } from './expose.ts';

const TOKEN = { authorization: `Bearer ${METRICS_TOKEN}` };

let api: TestApp;
beforeAll(async () => {
  api = await createTestApp();
});
afterAll(() => api.close());

const scrapeOf = async ({ app }: Pick<TestApp, 'app'>) => {
  const answer = await app.inject({ url: '/api/metrics', headers: TOKEN });
  expect([answer.statusCode, answer.headers['content-type']]).toEqual([200, METRICS_CONTENT_TYPE]);
  return answer.body;
};
/** The value of a line, whatever the order of its labels; `null` when there is none. */
const valueOf = (text: string, name: string, ...labels: string[]): number | null => {
  const line = text.split('\n').find((one) => {
    const [, named, inner = ''] = /^(\w+)(?:\{(.*)\})? /.exec(one) ?? [];
    return named === name && labels.every((label) => inner.includes(label));
  });
  return line === undefined ? null : Number(line.slice(line.lastIndexOf(' ')));
};

describe('GET /api/metrics', () => {
  it('is for a key, an admin and the token, in the text format', async () => {
    const statusFor = async (headers: Record<string, string>) =>
      (await api.app.inject({ url: '/api/metrics', headers })).statusCode;
    const [admin, coach] = [await signIn(api, 'admin'), await signIn(api, 'coach')];
    expect(await statusFor({ 'x-api-key': API_KEY })).toBe(200);
    expect(await statusFor(admin.headers)).toBe(200);
    expect(await statusFor(TOKEN)).toBe(200);
    expect(await statusFor(coach.headers)).toBe(403);
    for (const authorization of ['', METRICS_TOKEN, `Bearer ${METRICS_TOKEN}x`, `Basic ${METRICS_TOKEN}`, 'Bearer '])
      expect([authorization, await statusFor({ authorization })]).toEqual([authorization, 401]);
    expect((await api.send({ url: '/api/metrics' })).body).toMatch(/^# HELP [^]*\n# TYPE [^]*\n$/);
  });

  it('is all that the token opens', async () => {
    expect((await api.app.inject({ url: '/api/tutors', headers: TOKEN })).statusCode).toBe(401);
    expect((await api.app.inject({ method: 'POST', url: '/api/sessions', headers: TOKEN })).statusCode).toBe(401);
  });

  it('counts requests by the pattern of the route, and sessions by what became of them', async () => {
    const app = await createTestApp();
    const first = completedSession({ student_id: 'a-student', tutor: { name: 'Maria Lopez' } });
    const post = (payload: object) => app.send({ method: 'POST', url: '/api/sessions', payload });
    for (const body of [first, first, { ...completedSession(), tutor: null }, { nothing: 1 }]) await post(body);
    const sessions = [movedSession(), { nothing: 1 }, { ...movedSession(), tutor: null }];
    await app.send({ method: 'POST', url: '/api/sessions/batch', payload: { sessions } });
    await app.send({ url: `/api/tutors/${first.tutor_id}?as_of=2026-01-01` });
    for (const url of ['/api/none/maria', '/elsewhere?name=maria']) await app.app.inject({ url });

    const text = await scrapeOf(app);
    const requests = (...labels: string[]) => valueOf(text, 'tq_http_requests_total', ...labels);
    expect(requests('route="/api/sessions"', 'method="POST"', 'status="202"')).toBe(2);
    expect(requests('route="/api/sessions"', 'method="POST"', 'status="422"')).toBe(2);
    expect(requests('route="/api/tutors/:id"')).toBe(1);
    expect([requests('route="unknown"', 'status="401"'), requests('route="unknown"', 'status="404"')]).toEqual([1, 1]);
    expect(valueOf(text, 'tq_http_request_duration_seconds_count', 'route="/api/tutors/:id"')).toBe(1);
    const outcomes = ['created', 'unchanged', 'refused'].map((outcome) =>
      valueOf(text, 'tq_ingest_sessions_total', `outcome="${outcome}"`),
    );
    expect(outcomes).toEqual([2, 1, 4]);
    expect(valueOf(text, 'tq_ingest_group_size_sum')).toBe(5);
    expect(text).not.toMatch(/maria|a-student|example/i);
    expect(text).not.toContain(first.tutor_id);
    await app.close();
  });

  it('says what waits in the tables, and for how long', async () => {
    const app = await createTestApp();
    const post = () => app.send({ method: 'POST', url: '/api/sessions', payload: movedSession() });
    await post();
    await post();
    await app.work();
    await sql`update email_reports set next_attempt_at = now() - interval '2 minutes'`.execute(app.db);
    await sql`
      update email_reports set status = 'failed', error_message = '550', next_attempt_at = null
       where id = (select id from email_reports limit 1)
    `.execute(app.db);
    await post();
    await sql`update tutors_to_rescore set since = now() - interval '1 hour'`.execute(app.db);
    await sql`insert into alerts (name, since) values ('scores_waiting', now())`.execute(app.db);

    const text = await scrapeOf(app);
    const reports = ['pending', 'sending', 'failed'].map((status) => valueOf(text, 'tq_reports', `status="${status}"`));
    expect([reports, valueOf(text, 'tq_reports_due')]).toEqual([[1, 0, 1], 1]);
    expect(valueOf(text, 'tq_oldest_report_due_age_seconds')).toBeGreaterThanOrEqual(120);
    expect(valueOf(text, 'tq_database_up')).toBe(1);
    expect(valueOf(text, 'tq_tutors_to_rescore', 'state="waiting"')).toBe(1);
    expect(valueOf(text, 'tq_oldest_mark_age_seconds')).toBeGreaterThanOrEqual(3600);
    expect(valueOf(text, 'tq_sessions_undecided')).toBe(1);
    expect(valueOf(text, 'tq_alert_active', 'alert="scores_waiting"')).toBe(1);
    expect(valueOf(text, 'tq_alert_active', 'alert="reports_failing"')).toBe(0);
    await app.close();
  });

  it('answers with what the process knows while database and queue are gone', async () => {
    const gone = connect('postgres://nobody@127.0.0.1:1/none');
    const signals = {
      sessionsWaiting() {},
      reportsWaiting() {},
      isConnected: async () => false,
      counts: () => Promise.reject(new Error('gone')),
      close: async () => {},
    };
    const app = await createTestApp({ db: gone, signals });
    const text = await scrapeOf(app);
    expect([valueOf(text, 'tq_database_up'), valueOf(text, 'tq_queue_up')]).toEqual([0, 0]);
    expect(valueOf(text, 'tq_tutors_to_rescore', 'state="waiting"')).toBeNull();
    expect(valueOf(text, 'tq_build_info', 'version="test"')).toBe(1);
    expect(valueOf(text, 'process_cpu_seconds_total', 'process="api"')).toBeGreaterThan(0);
    await app.close();
    await gone.destroy();
  });
});
