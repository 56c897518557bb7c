import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApp, type TestApp } from '../../test/app.ts';
import { type Body, completedSession, movedSession } from '../../test/factories.ts';
import { insertPrior } from '../evidence/prior-queries.ts';
import { rescoreTutors } from './rescore.ts';

const NOW = new Date('2026-04-08T12:00:00.000Z');
const DAY_MS = 24 * 60 * 60 * 1000;

const daysAgo = (days: number, ms = 0) => new Date(NOW.getTime() - days * DAY_MS + ms);
const tutor_id = randomUUID();
/** Confirmed by twelve moves, clear by eighty kept sessions, confirmed once more. */
const flagged = randomUUID();

let api: TestApp;
beforeAll(async () => {
  api = await createTestApp({ clock: () => Promise.resolve(NOW) });
  const sessions = [
    ...sessionsAt(daysAgo(50), 1, 1),
    ...sessionsAt(daysAgo(45), 20, 0),
    ...sessionsAt(daysAgo(7), 4, 4),
    ...sessionsAt(daysAgo(7, -1), 1, 1),
    ...sessionsAt(daysAgo(0, -1), 1, 0),
    ...sessionsAt(NOW, 1, 1),
    ...sessionsAt(daysAgo(50), 12, 12, flagged),
    ...sessionsAt(daysAgo(45), 80, 0, flagged),
    ...sessionsAt(daysAgo(7), 40, 40, flagged),
  ];
  await api.send({ method: 'POST', url: '/api/sessions/batch', payload: { sessions } });
  for (const days of [49, 44, 6, 0]) {
    const at = () => Promise.resolve(daysAgo(days));
    await api.db.transaction().execute((tx) => rescoreTutors(tx, [tutor_id, flagged], at));
  }
});
afterAll(() => api.close());

function sessionsAt(time: Date, count: number, moved: number, of = tutor_id): Body[] {
  const session = { tutor_id: of, scheduled_time: time.toISOString() };
  return Array.from({ length: count }, (_, index) =>
    index < moved ? movedSession(session) : completedSession(session),
  );
}

const rates = async (query: string) => (await api.send({ url: `/api/tutors/${tutor_id}/rates${query}` })).json();

describe('GET /api/tutors/{id}/rates', () => {
  it('has a point each 24 hours, the oldest `days` days ago and the last now', async () => {
    const { as_of, risk_threshold, points } = await rates('?days=2');
    expect([as_of, risk_threshold]).toEqual([NOW.toISOString(), 15]);
    expect(points.map(({ at }: { at: string }) => at)).toEqual([2, 1, 0].map((days) => daysAgo(days).toISOString()));
    expect((await rates('')).points).toHaveLength(91);
    expect((await rates('?days=365')).points).toHaveLength(366);
  });

  it('counts the windows as they stood then, each lower end inside and each upper end not', async () => {
    const { points } = await rates('?days=50');
    const pointOf = (days: number) => points.at(-1 - days);
    expect(pointOf(50)).toMatchObject({ total_sessions_7d: 0, reschedule_rate_7d: null, reschedule_rate_90d: null });
    expect(pointOf(49)).toMatchObject({ total_sessions_7d: 1, tutor_reschedules_7d: 1, reschedule_rate_7d: 100 });
    expect(pointOf(43)).toMatchObject({ total_sessions_7d: 21, tutor_reschedules_7d: 1, reschedule_rate_7d: 4.76 });
    expect(pointOf(42)).toMatchObject({ total_sessions_7d: 20, tutor_reschedules_7d: 0, reschedule_rate_7d: 0 });
    expect(pointOf(7)).toMatchObject({ total_sessions_7d: 1, total_sessions_30d: 1, total_sessions_90d: 22 });
    expect(pointOf(6)).toMatchObject({ total_sessions_7d: 5, total_sessions_30d: 5, reschedule_rate_90d: 23.08 });
    expect(pointOf(0)).toMatchObject({ total_sessions_7d: 5, tutor_reschedules_7d: 4, reschedule_rate_7d: 80 });
  });

  it('ends with the stored score', async () => {
    const { at, ...last } = (await rates('?days=1')).points.at(-1);
    const columns = Object.keys(last).filter((column) => column !== 'at');
    const [score] = await api.db.selectFrom('tutor_scores').selectAll().where('tutor_id', '=', tutor_id).execute();
    expect(columns).toHaveLength(13);
    expect(score).toMatchObject({ ...last, last_calculated_at: new Date(at) });
  });

  it('has every flag that was open in the period, oldest first', async () => {
    const flags = async (query: string) =>
      (await api.send({ url: `/api/tutors/${flagged}/rates${query}` })).json().flags;
    const first = { opened_at: daysAgo(49).toISOString(), closed_at: daysAgo(44).toISOString() };
    const second = { opened_at: daysAgo(6).toISOString(), closed_at: null };
    expect(await flags('')).toMatchObject([
      {
        ...first,
        rule: 'evidence',
        level: 'confirmed',
        close_reason: 'more_kept_sessions',
        window_days: 90,
        sessions: 12,
        reschedules: 12,
        rate: 100,
        risk_threshold: 15,
      },
      { ...second, level: 'confirmed', close_reason: null, sessions: 132, reschedules: 52, rate: 39.39 },
    ]);
    expect(await flags('?days=44')).toMatchObject([first, second]);
    expect(await flags('?days=43')).toMatchObject([second]);
  });

  it('weighs each day against what was usual in that night', async () => {
    const counts = { tutors: 1, sessions: 100, reschedules: 20 };
    await insertPrior(api.db, { basis: 'fitted', prior: { a: 2, b: 23 }, as_of: daysAgo(15), ...counts });
    await insertPrior(api.db, { basis: 'fitted', prior: { a: 200, b: 800 }, as_of: daysAgo(10), ...counts });
    const { points } = (await api.send({ url: `/api/tutors/${flagged}/rates?days=20` })).json();
    const weighed = (days: number) => [points.at(-1 - days).total_sessions_90d, points.at(-1 - days).expected_rate];
    expect(weighed(11)).toEqual([92, 11.97]);
    expect(weighed(9)).toEqual([92, 19.41]);
    // Before the first one was stored, against the last.
    expect(weighed(16)).toEqual([92, 19.41]);
    await api.db.deleteFrom('rate_priors').execute();
  });

  it('ends with a past day', async () => {
    const { as_of, points, flags } = (
      await api.send({ url: `/api/tutors/${flagged}/rates?days=10&as_of=2026-02-18` })
    ).json();
    expect([as_of, points.length]).toEqual(['2026-02-19T00:00:00.000Z', 11]);
    expect(points.at(-1)).toMatchObject({ total_sessions_90d: 12, tutor_reschedules_90d: 12 });
    expect(flags).toHaveLength(1);
  });

  it('is known to no tutor that is unknown, and for 1 to 365 days', async () => {
    expect((await api.send({ url: `/api/tutors/${randomUUID()}/rates` })).statusCode).toBe(404);
    for (const days of ['0', '366', 'all']) expect((await rates(`?days=${days}`)).details).toHaveProperty('days');
  });
});
