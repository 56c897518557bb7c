import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApp, type TestApp } from '../../test/app.ts';
import { completedSession, hoursAgo, movedSession } from '../../test/factories.ts';

let api: TestApp;
beforeAll(async () => {
  api = await createTestApp();
});
afterAll(() => api.close());

describe('GET /api/tutors/{id}/insights', () => {
  it('says what the mail says', async () => {
    const tutor_id = randomUUID();
    const moved = { initiator: 'tutor' as const, new_time: null, cancelled_at: hoursAgo(34) };
    const sessions = [
      movedSession({ tutor_id, reschedule_info: moved }),
      movedSession({ tutor_id, reschedule_info: moved }),
      ...Array.from({ length: 10 }, () => completedSession({ tutor_id })),
      ...Array.from({ length: 10 }, () => completedSession({ tutor_id, scheduled_time: hoursAgo(24 * 45) })),
    ];
    await api.send({ method: 'POST', url: '/api/sessions/batch', payload: { sessions } });
    await api.work();
    const { as_of, ...insights } = (await api.send({ url: `/api/tutors/${tutor_id}/insights` })).json();
    expect(insights).toEqual({
      observations: [
        '2 moves in the last 7 days, out of 12 sessions.',
        "Both moves in the last 30 days came with less than a day's notice.",
        '+16.7 points against the 30 days before (0 of 10, then 2 of 12).',
      ],
      recommendation: expect.stringMatching(
        /^No action: 2 moves in 12 sessions in 7 days can well be chance; by all 90 days the tutor is \d+ % likely to be above 15 %\.$/,
      ),
      patterns: [],
    });
    expect(Date.parse(as_of)).toBeGreaterThan(Date.parse(hoursAgo(0.1)));
    const mails = await api.db.selectFrom('email_reports').select('facts').execute();
    expect(mails).toHaveLength(12);
    const { patterns: _, ...words } = insights;
    for (const { facts } of mails) expect(facts.insights).toEqual(words);
    const scores = (await api.send({ url: `/api/tutors/${tutor_id}` })).json().tutor.scores;
    expect(mails[0]?.facts.evidence).toEqual({
      tier: 'clear',
      risk_probability: scores.risk_probability,
      expected_rate: scores.expected_rate,
      expected_rate_lower: scores.expected_rate_lower,
      expected_rate_upper: scores.expected_rate_upper,
      evidence_sessions: 22,
      evidence_reschedules: 2,
      rise_signalled_at: null,
    });
  });

  it('says where moves gather, in the mail, too', async () => {
    const tutor_id = randomUUID();
    // Twelve weeks, a session each day; eight of the moves are on the same day of the week as yesterday.
    const sessions = Array.from({ length: 84 }, (_, day) => {
      const body = { tutor_id, student_id: `s-${day % 9}`, scheduled_time: hoursAgo(24 * (day + 1)) };
      return day % 7 === 0 && day < 56 ? movedSession(body) : completedSession(body);
    });
    await api.send({ method: 'POST', url: '/api/sessions/batch', payload: { sessions } });
    await api.work();
    const yesterday = new Intl.DateTimeFormat('en', { timeZone: 'UTC', weekday: 'long' }).format(
      new Date(hoursAgo(24)),
    );
    const insights = (await api.send({ url: `/api/tutors/${tutor_id}/insights` })).json();
    expect(insights.patterns).toHaveLength(1);
    expect(insights.patterns[0]).toMatchObject({ kind: 'weekday', name: yesterday, moves_inside: 8, moves_all: 8 });
    expect(insights.patterns[0]).toMatchObject({ rate_ratio: null, rate_ratio_upper: null, sessions_inside: 12 });
    expect(insights.observations[0]).toBe(insights.patterns[0].sentence);
    expect(insights.recommendation).toContain(`ask whether the ${yesterday} hours still suit`);
    const mails = await api.db
      .selectFrom('email_reports')
      .select('facts')
      .where('session_id', '=', sessions[0]?.session_id ?? '')
      .execute();
    expect(mails[0]?.facts.insights.observations[0]).toBe(insights.patterns[0].sentence);
  });

  it('says what it would have said at the end of a past day', async () => {
    const tutor_id = randomUUID();
    const sessions = Array.from({ length: 12 }, (_, day) =>
      movedSession({ tutor_id, scheduled_time: hoursAgo(24 * (10 + day)) }),
    );
    await api.send({ method: 'POST', url: '/api/sessions/batch', payload: { sessions } });
    await api.work();
    const at = (hours: number) => `/api/tutors/${tutor_id}/insights?as_of=${hoursAgo(hours).slice(0, 10)}`;
    const then = (await api.send({ url: at(24 * 30) })).json();
    expect(then).toMatchObject({ observations: [], recommendation: 'Nothing to do.', patterns: [] });
    expect(then.as_of).toMatch(/T00:00:00\.000Z$/);
    const later = (await api.send({ url: at(24 * 9) })).json();
    expect(later.observations[0]).toMatch(/^\d moves in the last 7 days, out of \d sessions\.$/);
    expect(later.recommendation).toMatch(/^Talk to the tutor: /);
    expect((await api.send({ url: at(0) })).statusCode).toBe(400);
  });

  it('has little to say of a tutor without sessions, and nothing of one that is unknown', async () => {
    const id = randomUUID();
    await api.send({ method: 'PUT', url: `/api/tutors/${id}`, payload: { name: 'Ada' } });
    const known = await api.send({ url: `/api/tutors/${id}/insights` });
    expect(known.json()).toMatchObject({ observations: [], recommendation: 'Nothing to do.' });
    for (const unknown of [randomUUID(), 'none']) {
      expect((await api.send({ url: `/api/tutors/${unknown}/insights` })).statusCode).toBe(404);
    }
  });
});
