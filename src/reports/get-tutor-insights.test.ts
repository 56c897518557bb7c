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
      recommendation: 'Talk to the tutor: ask what is behind the moves, and whether the booked hours still suit.',
    });
    expect(Date.parse(as_of)).toBeGreaterThan(Date.parse(hoursAgo(0.1)));
    const mails = await api.db.selectFrom('email_reports').select('facts').execute();
    expect(mails).toHaveLength(12);
    for (const { facts } of mails) expect(facts.insights).toEqual(insights);
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
