import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApp, type TestApp } from '../../test/app.ts';
import { type Body, completedSession, movedSession } from '../../test/factories.ts';
import { rescoreTutors } from '../tutors/rescore.ts';

const NOW = new Date('2026-04-08T12:00:00.000Z');
const DAY_MS = 24 * 60 * 60 * 1000;
const daysAgo = (days: number) => new Date(NOW.getTime() - days * DAY_MS);

const ids = Object.fromEntries(['Ada', 'Bob', 'Cyd', 'Dee', 'Eve', 'Fay'].map((name) => [name, randomUUID()]));
const sessions = [
  ...sessionsOf('Ada', 3, 10, 4),
  ...sessionsOf('Bob', 20, 20, 8),
  ...sessionsOf('Cyd', 45, 40, 16),
  ...sessionsOf('Dee', 3, 5, 0),
  movedSession({ ...sessionOf('Dee', 3), reschedule_info: { initiator: 'student', new_time: null } }),
  completedSession({ ...sessionOf('Dee', 3), status: 'no_show', completed_time: null }),
  ...sessionsOf('Eve', 3, 10, 10),
  ...sessionsOf('Fay', 50, 12, 12),
  ...sessionsOf('Fay', 25, 80, 0),
];

let api: TestApp;
beforeAll(async () => {
  api = await createTestApp({ clock: () => Promise.resolve(NOW) });
  await api.send({ method: 'POST', url: '/api/sessions/batch', payload: { sessions } });
  await api.send({ method: 'PUT', url: `/api/tutors/${ids['Eve']}`, payload: { name: 'Eve', is_active: false } });
  // The flags of Cyd and Fay open first; then Fay's closes; then Eve's opens. Ada and Bob have too few sessions.
  for (const days of [44, 19, 2, 0]) {
    const at = () => Promise.resolve(daysAgo(days));
    await api.db.transaction().execute((tx) => rescoreTutors(tx, Object.values(ids), at));
  }
  await report(0, 1, { status: 'sent', sent_at: NOW, provider: 'outbox' });
  await report(1, 10, { status: 'failed', error_message: '550' });
  await report(2, 40, { status: 'pending', next_attempt_at: NOW });
  await report(3, 0, { status: 'pending', next_attempt_at: NOW });
});
afterAll(() => api.close());

function sessionOf(name: string, days: number) {
  return { tutor_id: ids[name] ?? '', tutor: { name }, scheduled_time: daysAgo(days).toISOString() };
}

function sessionsOf(name: string, days: number, count: number, moved: number): Body[] {
  const session = sessionOf(name, days);
  return Array.from({ length: count }, (_, index) =>
    index < moved ? movedSession(session) : completedSession(session),
  );
}

type State =
  | { status: 'sent'; sent_at: Date; provider: 'outbox' }
  | { status: 'failed'; error_message: string }
  | { status: 'pending'; next_attempt_at: Date };

async function report(index: number, days: number, state: State): Promise<void> {
  const session_id = sessions[index]?.session_id ?? '';
  const made = { session_id, recipient_email: 'a@x.example', facts: '{}', created_at: daysAgo(days) };
  await api.db
    .insertInto('email_reports')
    .values({ ...made, ...state })
    .execute();
}

const overview = async (query: string) => (await api.send({ url: `/api/overview${query}` })).json();

describe('GET /api/overview', () => {
  it.each([
    [
      '?window_days=7',
      {
        window_days: 7,
        flags: { opened: 1, closed: 0 },
        period: { total_sessions: 27, tutor_reschedules: 14, rate: 51.85 },
        previous_period: { total_sessions: 0, tutor_reschedules: 0, rate: null },
        sessions_by_status: { completed: 11, rescheduled: 15, no_show: 1 },
        reports: { pending: 1, sending: 0, sent: 1, failed: 0 },
      },
    ],
    [
      '?window_days=30',
      {
        window_days: 30,
        flags: { opened: 1, closed: 1 },
        period: { total_sessions: 127, tutor_reschedules: 22, rate: 17.32 },
        previous_period: { total_sessions: 52, tutor_reschedules: 28, rate: 53.85 },
        sessions_by_status: { completed: 103, rescheduled: 23, no_show: 1 },
        reports: { pending: 1, sending: 0, sent: 1, failed: 1 },
      },
    ],
    [
      '?window_days=90',
      {
        window_days: 90,
        flags: { opened: 3, closed: 1 },
        period: { total_sessions: 179, tutor_reschedules: 50, rate: 27.93 },
        previous_period: { total_sessions: 0, tutor_reschedules: 0, rate: null },
        sessions_by_status: { completed: 127, rescheduled: 51, no_show: 1 },
        reports: { pending: 2, sending: 0, sent: 1, failed: 1 },
      },
    ],
  ])('counts the period: %s', async (query, expected) => {
    const answer = await overview(query);
    expect(answer).toMatchObject({
      ...expected,
      as_of: NOW.toISOString(),
      tutors: { total: 6, active: 5, high_risk: 4, confirmed: 2, watch: 0, clear: 2, too_few: 2 },
    });
  });

  it.each([
    ['?window_days=7', { 0: 1, 40: 1, 95: 1 }],
    ['?window_days=30', { 0: 2, 40: 2, 95: 1 }],
    ['?window_days=90', { 0: 1, 10: 1, 40: 3, 95: 1 }],
  ])('has the rates of the window in steps of 5, of tutors with sessions in it: %s', async (query, expected) => {
    const { distribution } = await overview(query);
    expect(distribution).toHaveLength(20);
    const filled = distribution.filter(({ tutors }: { tutors: number }) => tutors > 0);
    expect(
      Object.fromEntries(filled.map(({ from, tutors }: { from: number; tutors: number }) => [from, tutors])),
    ).toEqual(expected);
  });

  it('puts those first who are confirmed or on watch, of the active tutors', async () => {
    const { who_first } = await overview('?window_days=7');
    expect(who_first).toMatchObject([{ name: 'Cyd', evidence: 'confirmed', evidence_sessions: 40 }]);
  });

  it('shows a past day as it was at its end', async () => {
    const past = await overview('?as_of=2026-03-01&window_days=30');
    expect(past).toMatchObject({
      as_of: '2026-03-02T00:00:00.000Z',
      tutors: { confirmed: 2, high_risk: 2 },
      period: { total_sessions: 52, tutor_reschedules: 28 },
      flags: { opened: 2, closed: 0 },
    });
    expect(past.who_first.map(({ name }: { name: string }) => name)).toEqual(['Fay', 'Cyd']);
    expect(past.recent_flags).toHaveLength(2);
    expect((await overview('?as_of=2026-04-08')).details).toEqual({ as_of: 'must be a day that is over' });
    expect((await overview('?as_of=2026-02-30')).details).toEqual({ as_of: 'must be a day such as 2026-10-31' });
  });

  it('tells what changed last, newest first, whatever the window', async () => {
    const { recent_flags } = await overview('?window_days=7');
    const changes = recent_flags.map(({ tutor_name, change }: Record<string, string>) => `${tutor_name} ${change}`);
    expect(changes.slice(0, 2)).toEqual(['Eve opened', 'Fay closed']);
    expect(new Set(changes.slice(2))).toEqual(new Set(['Cyd opened', 'Fay opened']));
    expect(recent_flags[1]).toMatchObject({ level: 'confirmed', close_reason: 'more_kept_sessions' });
    expect(recent_flags[1].risk_probability).toBeLessThan(0.4);
  });

  it('looks at 30 days unless asked otherwise, and at no other than the three windows', async () => {
    expect(await overview('')).toEqual(await overview('?window_days=30'));
    expect((await overview('?window_days=14')).details).toEqual({ window_days: 'must be one of 7, 30, 90' });
  });
});
