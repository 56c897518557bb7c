import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApp, type TestApp } from '../../test/app.ts';
import { movedSession } from '../../test/factories.ts';

let api: TestApp;
beforeAll(async () => {
  api = await createTestApp();
});
afterAll(() => api.close());

describe('reports', () => {
  it('lists, filters and shows a report as HTML, text and source, and sends it again', async () => {
    const body = movedSession({ tutor: { name: '<script>alert(1)</script>' } });
    await api.send({ method: 'POST', url: '/api/sessions', payload: body });
    await api.work();
    const { reports, total } = (
      await api.send({ url: `/api/reports?tutor_id=${body.tutor_id}&status=pending` })
    ).json();
    expect([total, reports[0]]).toMatchObject([1, { session_id: body.session_id, status: 'pending', attempts: 0 }]);

    const show = async (format: string) => api.send({ url: `/api/reports/${reports[0].id}?format=${format}` });
    const html = await show('html');
    expect(html.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(html.headers['content-security-policy']).toContain('sandbox');
    expect(html.body).not.toContain('<script>alert');
    expect((await show('text')).body).toContain('1 of 1');
    expect((await show('source')).body).toMatch(/^Message-ID: <report\..*\.1@tutors\.example>/m);
    expect((await show('pdf')).statusCode).toBe(400);

    const resend = () => api.send({ method: 'POST', url: `/api/reports/${reports[0].id}/resend` });
    expect((await resend()).statusCode).toBe(409);
    expect((await api.send({ method: 'POST', url: `/api/reports/${randomUUID()}/resend` })).statusCode).toBe(404);
    const failed = { status: 'failed', error_message: '550', next_attempt_at: null } as const;
    await api.db.updateTable('email_reports').set(failed).where('id', '=', reports[0].id).execute();
    expect((await resend()).statusCode).toBe(202);
    expect((await show('source')).body).toMatch(/^Message-ID: <report\..*\.2@tutors\.example>/m);
  });

  it('says how many reports each status would give', async () => {
    const [one, other] = [randomUUID(), randomUUID()];
    const sessions = [one, one, one, other].map((tutor_id) => movedSession({ tutor_id }));
    await api.send({ method: 'POST', url: '/api/sessions/batch', payload: { sessions } });
    await api.work();
    const failed = { status: 'failed', error_message: '550', next_attempt_at: null } as const;
    await api.db
      .updateTable('email_reports')
      .set(failed)
      .where('session_id', '=', sessions[0]?.session_id ?? '')
      .execute();
    const list = async (query: string) => (await api.send({ url: `/api/reports?${query}` })).json();
    const counts = { pending: 2, sending: 0, sent: 0, failed: 1 };
    expect(await list(`tutor_id=${one}`)).toMatchObject({ total: 3, counts });
    expect(await list(`tutor_id=${one}&status=failed`)).toMatchObject({ total: 1, counts, reports: { length: 1 } });
    expect(await list(`tutor_id=${one}&status=sent`)).toMatchObject({ total: 0, counts, reports: [] });
    const [{ id }] = (await list(`tutor_id=${one}&status=failed`)).reports;
    expect(await list(`id=${id}`)).toMatchObject({ total: 1, reports: [{ id, status: 'failed' }] });
    expect(await list(`id=${randomUUID()}`)).toMatchObject({ total: 0, reports: [] });
    const all = await list('limit=1');
    expect(all).toMatchObject({ counts: { failed: 1, sending: 0, sent: 0 }, reports: { length: 1 } });
    expect(all.total).toBe(all.counts.pending + 1);
    expect(all.total).toBeGreaterThanOrEqual(4);
  });
});
