import { describe, expect, it } from 'vitest';
import { createTestApp } from '../../test/app.ts';
import { completedSession, movedSession } from '../../test/factories.ts';

describe('GET /api/overview and settings', () => {
  it('counts all tutors in the database and shows what changed', async () => {
    const app = await createTestApp();
    const moving = ['a', 'b'].map((letter) => `${letter.repeat(8)}-0000-4000-8000-000000000000`);
    const moves = moving.flatMap((tutor_id) => Array.from({ length: 12 }, () => movedSession({ tutor_id })));
    const sessions = [...Array.from({ length: 5 }, () => completedSession()), ...moves];
    await app.send({ method: 'POST', url: '/api/sessions/batch', payload: { sessions } });
    expect((await app.send({ url: '/api/overview' })).json().waiting).toMatchObject({ tutors: 7 });
    await app.work();
    const overview = (await app.send({ url: '/api/overview' })).json();
    expect(overview).toMatchObject({
      window_days: 30,
      risk_threshold: 15,
      tutors: { total: 7, active: 7, high_risk: 2, confirmed: 2, watch: 0, clear: 0, too_few: 5 },
      prior: { basis: 'assumed', version: null, mean_rate: 8 },
      common_cause_days: [],
      flags: { opened: 2, closed: 0 },
      period: { total_sessions: 29, tutor_reschedules: 24, rate: 82.76 },
      previous_period: { total_sessions: 0, rate: null },
      sessions_by_status: { completed: 5, rescheduled: 24, no_show: 0 },
      reports: { pending: 29, sent: 0, failed: 0 },
      recent_reports: { length: 10 },
      who_first: { length: 2 },
      waiting: { tutors: 0, since: null },
    });
    expect(overview.distribution[0]).toEqual({ from: 0, to: 5, tutors: 5 });
    expect(overview.distribution[19]).toEqual({ from: 95, to: 100, tutors: 2 });
    expect(overview.recent_flags).toMatchObject([
      { change: 'opened', rule: 'evidence', level: 'confirmed' },
      { change: 'opened', rule: 'evidence', level: 'confirmed' },
    ]);

    const put = await app.send({ method: 'PUT', url: '/api/settings', payload: { risk_threshold: 100 } });
    expect(put.json()).toMatchObject({ risk_threshold: 100, updated_by: expect.stringMatching(/^key-/) });
    expect((await app.send({ url: '/api/overview' })).json()).toMatchObject({
      tutors: { high_risk: 0, confirmed: 0 },
      flags: { opened: 2, closed: 2 },
      who_first: [],
    });
    for (const risk_threshold of [-1, 101, 15.001, '15', null]) {
      const answer = await app.send({ method: 'PUT', url: '/api/settings', payload: { risk_threshold } });
      expect([answer.statusCode, Object.keys(answer.json().details)]).toEqual([422, ['risk_threshold']]);
    }
    await app.close();
  });
});
