import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApp, type TestApp } from '../../test/app.ts';
import { type Body, completedSession, movedSession } from '../../test/factories.ts';
import { rescoreTutors } from '../tutors/rescore.ts';
import { refreshEvidence } from './refresh-evidence.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const NOW = new Date('2026-11-20T12:00:00Z');
const daysAgo = (days: number) => new Date(NOW.getTime() - days * DAY_MS);
const [busy, quiet, idle] = [randomUUID(), randomUUID(), randomUUID()];

let api: TestApp;
beforeAll(async () => {
  api = await createTestApp({ clock: () => Promise.resolve(NOW) });
  const sessions = [
    ...taught(busy, 80, 9, 0),
    ...taught(busy, 40, 3, 18),
    ...taught(busy, -2, 1, 0),
    ...taught(quiet, 10, 1, 0),
  ];
  await api.send({ method: 'POST', url: '/api/sessions/batch', payload: { sessions } });
  await api.send({ method: 'PUT', url: `/api/tutors/${idle}`, payload: { name: 'Idle' } });
  await api.db.transaction().execute((tx) => rescoreTutors(tx, [busy, quiet, idle], () => Promise.resolve(NOW)));
});
afterAll(() => api.close());

function taught(tutor_id: string, days: number, moved: number, kept: number): Body[] {
  const session = { tutor_id, scheduled_time: daysAgo(days).toISOString() };
  return [
    ...Array.from({ length: moved }, () => movedSession({ ...session, student_id: 's-7' })),
    ...Array.from({ length: kept }, () => completedSession(session)),
  ];
}

const evidence = async (id: string, query = '') =>
  (await api.send({ url: `/api/tutors/${id}/evidence${query}` })).json();

describe('GET /api/tutors/{id}/evidence', () => {
  it('says how sure it is, compared with whom, and what clears it', async () => {
    const answer = await evidence(busy);
    expect(answer).toMatchObject({
      as_of: NOW.toISOString(),
      risk_threshold: 15,
      evidence: 'confirmed',
      evidence_sessions: 30,
      evidence_reschedules: 12,
      prior: { basis: 'assumed', version: null, a: 2, b: 23, mean_rate: 8 },
      prior_version: null,
      left_out: [],
      rise: null,
    });
    expect(answer.risk_probability).toBeGreaterThan(0.95);
    expect(answer.expected_rate_lower).toBeLessThan(answer.expected_rate);
    // Nine moves leave the window ten days from now; the booked one that is moved already comes in before.
    expect(answer.clears).toMatchObject({ at: daysAgo(-10).toISOString(), moves_leaving: 9 });
    expect(answer.sentences).toEqual([
      `Moved 12 of 30 sessions in 90 days: ${Math.round(100 * answer.risk_probability)} % likely to be above 15 %.`,
      'The true rate is most likely 16 to 36 %, best guess 25 %; usual among tutors are 1.5 to 18 %.',
      `Clears on 30 Nov if nothing more happens, when 9 moves have left the 90 days, or after ${answer.clears.kept_sessions} kept sessions in a row.`,
      'There is too little data yet to tell how tutors differ: the usual is assumed.',
    ]);
  });

  it('names the moved sessions that count, newest first', async () => {
    const { moves } = await evidence(busy);
    expect(moves).toHaveLength(12);
    expect(moves[0]).toMatchObject({ original_time: daysAgo(40).toISOString(), student_id: 's-7' });
    const stored = await api.db.selectFrom('reschedules').select('session_id').where('tutor_id', '=', busy).execute();
    expect(stored.map(({ session_id }) => session_id)).toEqual(
      expect.arrayContaining(moves.map(({ session_id }: { session_id: string }) => session_id)),
    );
  });

  it('says little of few sessions, and nothing of none', async () => {
    expect(await evidence(quiet)).toMatchObject({ evidence: 'too_few', clears: null, evidence_sessions: 1 });
    expect((await evidence(quiet)).sentences[0]).toBe(
      'Moved 1 of 1 session in 90 days: too few to say (25 % likely to be above 15 %).',
    );
    expect((await evidence(idle)).sentences[0]).toBe('No sessions that count in 90 days.');
  });

  it('shows a past day as it was at its end, and no day that is not over', async () => {
    const past = await evidence(busy, '?as_of=2026-09-30');
    expect(past).toMatchObject({
      as_of: '2026-10-01T00:00:00.000Z',
      evidence_sessions: 9,
      evidence_reschedules: 9,
      evidence: 'confirmed',
    });
    expect(past.clears.at).toBe(daysAgo(-10).toISOString());
    expect((await evidence(busy, '?as_of=2026-11-20')).details).toEqual({ as_of: 'must be a day that is over' });
    expect((await evidence(busy, '?as_of=yesterday')).details).toEqual({ as_of: 'must be a day such as 2026-10-31' });
  });

  it('is known to no tutor that is unknown', async () => {
    expect((await api.send({ url: `/api/tutors/${randomUUID()}/evidence` })).statusCode).toBe(404);
  });
});

describe('the list of tutors', () => {
  it('is filtered and ordered by evidence, and counts each tier', async () => {
    const answer = (await api.send({ url: '/api/tutors?sort_by=evidence' })).json();
    expect(answer.tutors.map(({ id }: { id: string }) => id)).toEqual([busy, quiet, idle]);
    expect(answer.evidence_counts).toEqual({ all: 3, confirmed: 1, watch: 0, flagged: 1, clear: 0, too_few: 2 });
    const flagged = (await api.send({ url: '/api/tutors?evidence=flagged&risk_status=high_risk' })).json();
    expect(flagged).toMatchObject({ total: 1, counts: { all: 1, high_risk: 1, low_risk: 0 } });
    const few = (await api.send({ url: '/api/tutors?evidence=too_few&risk_status=high_risk' })).json();
    expect(few).toMatchObject({ total: 1, counts: { all: 2, high_risk: 1, low_risk: 1 }, tutors: [{ id: quiet }] });
    expect((await api.send({ url: '/api/tutors?evidence=sure' })).json().details).toHaveProperty('evidence');
  });

  it('shows a past day: its counts, rates and evidence, in the list, for one tutor and as CSV', async () => {
    const past = (await api.send({ url: '/api/tutors?sort_by=evidence&as_of=2026-09-30&window_days=90' })).json();
    expect(past.tutors[0]).toMatchObject({
      id: busy,
      total_sessions_90d: 9,
      tutor_reschedules_90d: 9,
      reschedule_rate_90d: 100,
      reschedule_rate_7d: 0,
      is_high_risk: true,
      evidence: 'confirmed',
      last_calculated_at: '2026-10-01T00:00:00.000Z',
    });
    expect(past.evidence_counts).toMatchObject({ confirmed: 1, too_few: 2 });
    const { tutor } = (await api.send({ url: `/api/tutors/${busy}?as_of=2026-09-30` })).json();
    expect(tutor).toMatchObject({ statistics: { total_sessions_90d: 9 }, scores: { evidence: 'confirmed' } });
    const csv = (await api.send({ url: '/api/tutors.csv?columns=id,total_sessions_90d&as_of=2026-09-30' })).body;
    expect(csv).toContain(`${busy},9\r\n`);
    const { sessions, total } = (await api.send({ url: `/api/tutors/${busy}/sessions?as_of=2026-09-30` })).json();
    expect([sessions.length, total]).toEqual([9, 9]);
  });
});

describe('GET /api/prior', () => {
  it('has the prior in force and every one before it, newest first', async () => {
    expect((await api.send({ url: '/api/prior' })).json()).toMatchObject({ prior: { version: null }, history: [] });
    await refreshEvidence(api.db, () => Promise.resolve(NOW), 'UTC');
    await refreshEvidence(api.db, () => Promise.resolve(NOW), 'UTC');
    const { prior, history } = (await api.send({ url: '/api/prior?limit=1' })).json();
    expect(prior).toMatchObject({ version: 2, basis: 'assumed', tutors: 2, sessions: 31, reschedules: 13 });
    expect(history).toEqual([prior]);
    expect((await api.send({ url: '/api/prior?limit=0' })).json().details).toHaveProperty('limit');
  });
});
