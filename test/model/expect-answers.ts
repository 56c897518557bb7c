import { expect } from 'vitest';
import { cancelled, type Model, type ModelSession, rate, scheduled } from './model.ts';
import type { Run } from './real.ts';

const HOUR = 60 * 60 * 1000;
const DAY = 24 * HOUR;
const iso = (ms: number | null) => (ms === null ? null : new Date(ms).toISOString());

/** The sessions of a tutor as they are stored, whether scored or not. */
export async function expectSessions(model: Model, { service }: Run, tutor: string): Promise<void> {
  const answer = await service.api.send({ url: `/api/tutors/${tutor}/sessions?limit=500` });
  if (!model.tutors.has(tutor)) return expect(answer.statusCode).toBe(404);
  const { sessions }: { sessions: { id: string; reschedule: Record<string, unknown> | null }[] } = answer.json();
  const told = sessions.map(({ reschedule, ...session }) => ({
    ...session,
    reschedule: reschedule && withoutId(reschedule),
  }));
  expect(byId(told)).toEqual(byId(model.sessionsOf(tutor).map(([id, session]) => sessionOut(id, session))));
}

/** List, detail and history, just after all was scored. */
export async function expectAnswers(model: Model, run: Run): Promise<void> {
  const { service, tutors } = run;
  const list = (await service.api.send({ url: '/api/tutors?limit=500' })).json();
  const listed: { id: string }[] = list.tutors;
  for (const id of tutors) {
    await expectSessions(model, run, id);
    const known = model.tutors.get(id);
    const inList = listed.find((tutor) => tutor.id === id);
    const answer = await service.api.send({ url: `/api/tutors/${id}` });
    if (known === undefined) {
      expect([answer.statusCode, inList]).toEqual([404, undefined]);
      continue;
    }
    const { scores, statistics } = figures(model, id, service.now);
    const { name, email, isActive: is_active } = known;
    expect(answer.json().tutor).toMatchObject({ name, email, is_active, scores, statistics });
    expect(inList).toMatchObject({ name, is_active, ...scores, ...statistics });
    await expectHistory(model, run, id);
  }
}

function figures(model: Model, tutor: string, asOf: number) {
  const [week, month, quarter] = [7, 30, 90].map((days) => model.count(tutor, asOf - days * DAY, asOf));
  if (week === undefined || month === undefined || quarter === undefined) throw new Error('three windows');
  return {
    scores: {
      reschedule_rate_7d: rate(week),
      reschedule_rate_30d: rate(month),
      reschedule_rate_90d: rate(quarter),
      is_high_risk: model.isHighRisk(tutor, asOf),
      risk_threshold: model.threshold,
    },
    statistics: {
      total_sessions_7d: week.total,
      total_sessions_30d: month.total,
      total_sessions_90d: quarter.total,
      tutor_reschedules_7d: week.moved,
      tutor_reschedules_30d: month.moved,
      tutor_reschedules_90d: quarter.moved,
    },
  };
}

async function expectHistory(model: Model, { service }: Run, tutor: string): Promise<void> {
  const { now } = service;
  const days = 90;
  const history = (await service.api.send({ url: `/api/tutors/${tutor}/history?days=${days}` })).json();
  const told: Record<string, unknown>[] = history.reschedules;
  const within = model.sessionsOf(tutor).flatMap(([id, session]) => {
    const at = scheduled(session);
    return session.move?.value == null || at < now - days * DAY || at >= now ? [] : [{ ...moveOut(id, session) }];
  });
  expect(bySession(told.map(withoutId))).toEqual(bySession(within));

  const weeks = [];
  for (let monday = mondayOf(now - days * DAY); monday <= mondayOf(now - 1); monday += 7 * DAY) {
    const counted = model.count(tutor, monday, Math.min(monday + 7 * DAY, now));
    weeks.push({
      week: new Date(monday).toISOString().slice(0, 10),
      rate: counted.total === 0 ? null : rate(counted),
      total_sessions: counted.total,
      tutor_reschedules: counted.moved,
    });
  }
  expect(history.trend.reschedule_rate_by_week).toEqual(weeks);
}

/** 1970 began on a Thursday. */
function mondayOf(ms: number): number {
  return Math.floor((ms / DAY + 3) / 7) * 7 * DAY - 3 * DAY;
}

function sessionOut(id: string, session: ModelSession) {
  return {
    id,
    student_id: session.student,
    scheduled_time: iso(scheduled(session)),
    completed_time: iso(session.completed),
    status: session.status,
    duration_minutes: session.duration,
    reschedule: session.move?.value == null ? null : moveOut(id, session),
  };
}

function moveOut(session_id: string, session: ModelSession) {
  const move = session.move?.value;
  const asked = cancelled(session);
  return {
    session_id,
    original_time: iso(scheduled(session)),
    new_time: iso(move?.newTime ?? null),
    initiator: move?.initiator,
    reason: move?.reason,
    reason_code: null,
    cancelled_at: iso(asked),
    // Two decimals, halves away from zero.
    hours_before_session: asked === null ? null : expect.closeTo((scheduled(session) - asked) / HOUR, 1),
  };
}

function withoutId(row: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(row).filter(([field]) => field !== 'id'));
}

function byId<Row extends { id: string }>(rows: readonly Row[]): Row[] {
  return rows.toSorted((a, b) => a.id.localeCompare(b.id));
}

function bySession<Row extends { session_id?: unknown }>(rows: readonly Row[]): Row[] {
  return rows.toSorted((a, b) => String(a.session_id).localeCompare(String(b.session_id)));
}
