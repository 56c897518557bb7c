import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApp, type TestApp } from '../../test/app.ts';
import { type Body, completedSession } from '../../test/factories.ts';
import {
  askThreshold,
  DAY_MS,
  eachDay,
  ids,
  NOON,
  SESSIONS,
  scoreAll,
  sessionOf,
} from '../../test/replayed-marketplace.ts';
import { posteriorOf, probabilityAbove } from '../scoring/posterior.ts';
import { STARTING_PRIOR } from '../scoring/prior.ts';

const PROBABILITIES = [
  { sessions: 85, reschedules: 20 },
  { sessions: 60, reschedules: 1 },
  { sessions: 1, reschedules: 1 },
].map((counts) => probabilityAbove(posteriorOf(STARTING_PRIOR, counts), 0.15));
const [ADA = 0, BOB = 0, CYD = 0] = PROBABILITIES;

let now = NOON;
const opened: TestApp[] = [];

async function openWith(sessions: Body[], timezone = 'UTC'): Promise<TestApp> {
  now = NOON;
  const mail = { timezone, dashboardUrl: 'https://tutors.example', from: 'a@x.example', domain: 'x.example' };
  const api = await createTestApp({ clock: () => Promise.resolve(now), mail });
  opened.push(api);
  if (sessions.length > 0) await api.send({ method: 'POST', url: '/api/sessions/batch', payload: { sessions } });
  return api;
}

const score = (api: TestApp) => scoreAll(api, now);

let api: TestApp;
beforeAll(async () => {
  api = await openWith(SESSIONS);
  await score(api);
  await api.send({ method: 'PUT', url: `/api/tutors/${ids['Dee']}`, payload: { name: 'Dee', is_active: false } });
});
afterAll(() => Promise.all(opened.map((each) => each.close())));

describe('GET /api/threshold', () => {
  it('says what each rule would say now, and the mistakes to expect of it, for active tutors with sessions', async () => {
    const { tutors, rules, current, chosen } = await askThreshold(api);
    expect(tutors).toBe(3);
    const above = ADA + BOB + CYD;
    const told = rules.map(({ level, flagged, above: all, wrong, missed }) => [level, flagged, all, wrong, missed]);
    expect(told).toEqual([
      ['literal', 2, near(above), near(2 - ADA - CYD), near(BOB)],
      ['flagged', 1, near(above), near(1 - ADA), near(BOB + CYD)],
      ['confirmed', 1, near(above), near(1 - ADA), near(BOB + CYD)],
    ]);
    expect(chosen).toEqual(rules[1]);
    expect(current).toEqual(chosen);
  });

  it('plays 90 days again, the running one last', async () => {
    const { days } = await askThreshold(api);
    expect(days).toHaveLength(90);
    expect([days.at(0)?.day, days.at(-1)?.day]).toEqual(['2026-01-09', '2026-04-08']);
    // 5 of 60 sessions are nothing, 20 of 75 are enough.
    expect(days.find(({ day }) => day === '2026-03-14')?.flagged).toBe(0);
    expect(days.find(({ day }) => day === '2026-03-28')?.flagged).toBe(1);
    const flagged = days.map((day) => day.flagged);
    expect(flagged).toEqual(flagged.toSorted());
    expect(days.map(({ current }) => current)).toEqual(flagged);
  });

  it('counts what opened and closed', async () => {
    const { rules } = await askThreshold(api);
    const changes = rules.map(({ level, opened: more, closed, changes_per_day }) => [
      level,
      more,
      closed,
      changes_per_day,
    ]);
    // Eve's only session left the window in March; Cyd's came yesterday, Ada's moves before that.
    expect(changes).toEqual([
      ['literal', 2, 1, 0.03],
      ['flagged', 1, 0, 0.01],
      ['confirmed', 1, 0, 0.01],
    ]);
  });

  it.each([15, 16, 12.25, 0])('draws a curve that at %d per cent says what the figures say', async (threshold) => {
    const replay = await askThreshold(api, `?risk_threshold=${threshold}`);
    const flaggedAt = (at: number) => replay.by_threshold.find(({ risk_threshold }) => risk_threshold === at)?.flagged;
    expect(flaggedAt(threshold)).toBe(replay.chosen.flagged);
    expect(flaggedAt(15)).toBe(replay.current.flagged);
  });

  it('takes another threshold and another level, and keeps the current ones beside them', async () => {
    const { current, chosen, rules, days } = await askThreshold(api, '?risk_threshold=33.5&level=literal');
    expect(current).toMatchObject({ level: 'flagged', risk_threshold: 15, flagged: 1 });
    expect(chosen).toMatchObject({ level: 'literal', risk_threshold: 33.5 });
    expect(rules.map(({ risk_threshold }) => risk_threshold)).toEqual([33.5, 33.5, 33.5]);
    expect(chosen).toEqual(rules[0]);
    expect(days.at(-1)).toEqual({ day: '2026-04-08', flagged: 2, current: 1 });
    expect(rules[1]?.above).toBeLessThan(current.above);
  });

  it('says how many would be flagged by each threshold, the fewer the higher it is', async () => {
    const byLevel = async (level: string) => (await askThreshold(api, `?level=${level}`)).by_threshold;
    const literal = await byLevel('literal');
    expect(literal.map(({ risk_threshold }) => risk_threshold)).toEqual(Array.from({ length: 50 }, (_, at) => at + 1));
    // Bob moved 1 of 60, Ada 20 of the last 30, Cyd the only one.
    const flaggedAt = (threshold: number) => literal[threshold - 1]?.flagged;
    expect([flaggedAt(1), flaggedAt(2), flaggedAt(50)]).toEqual([3, 2, 2]);
    for (const rows of [literal, await byLevel('flagged'), await byLevel('confirmed')]) {
      const flagged = rows.map((row) => row.flagged);
      expect(flagged).toEqual(flagged.toSorted((one, other) => other - one));
    }
  });

  it.each([
    ['risk_threshold=100.01', { risk_threshold: 'must be a number from 0 to 100 with at most two decimals' }],
    ['risk_threshold=-1', { risk_threshold: 'must be a number from 0 to 100 with at most two decimals' }],
    ['risk_threshold=1e1', { risk_threshold: 'must be a number from 0 to 100 with at most two decimals' }],
    ['risk_threshold=12.345', { risk_threshold: 'must be a number from 0 to 100 with at most two decimals' }],
    ['risk_threshold=', { risk_threshold: 'must be a number from 0 to 100 with at most two decimals' }],
    ['level=sure', { level: 'must be one of literal, flagged, confirmed' }],
  ])('refuses %s', async (query, details) => {
    const answer = await api.send({ url: `/api/threshold?${query}` });
    expect([answer.statusCode, answer.json().details]).toEqual([400, details]);
  });

  it.each(['0', '100', '0.25'])('takes a threshold of %s', async (threshold) => {
    expect((await askThreshold(api, `?risk_threshold=${threshold}`)).chosen.risk_threshold).toBe(Number(threshold));
  });

  it('has figures of nothing where nothing happened', async () => {
    const { tutors, nights, chosen, days, by_threshold } = await askThreshold(await openWith([]));
    expect([tutors, nights, chosen.flagged, chosen.above, chosen.wrong]).toEqual([0, 0, 0, 0, 0]);
    expect(chosen.changes_per_day).toBeNull();
    expect([days.length, by_threshold.length]).toEqual([90, 50]);
  });
});

describe('the days', () => {
  it('are those of the business time zone', async () => {
    const auckland = await askThreshold(await openWith(SESSIONS, 'Pacific/Auckland'));
    // Noon in London is midnight there, and the day after has just begun.
    expect(auckland.days.at(-1)?.day).toBe('2026-04-09');
  });

  it('of a common cause count in no evidence, and are named', async () => {
    const storm = [...eachDay('Ada', 60, () => false), ...Array.from({ length: 20 }, () => sessionOf('Ada', 5, true))];
    const stormy = await openWith(storm);
    await score(stormy);
    expect((await askThreshold(stormy)).chosen.flagged).toBe(1);
    await nameDay(stormy, '2026-04-03');
    await score(stormy);
    now = new Date(NOON.getTime() + 10_000);
    const { chosen, rules, common_cause_days } = await askThreshold(stormy);
    expect(common_cause_days).toEqual(['2026-04-03']);
    expect([chosen.flagged, chosen.opened, rules[0]?.flagged]).toEqual([0, 0, 1]);
  });
});

describe('what was worked out', () => {
  it('is kept for a minute while nothing changes, and else for ten seconds', async () => {
    const kept = await openWith(SESSIONS);
    await score(kept);
    const asOf = async () => (await askThreshold(kept)).as_of;
    expect(await asOf()).toBe(NOON.toISOString());
    now = new Date(NOON.getTime() + 59_000);
    expect(await asOf()).toBe(NOON.toISOString());
    now = new Date(NOON.getTime() + 60_000);
    expect(await asOf()).toBe(now.toISOString());
    const sessions = [{ ...completedSession(), tutor_id: randomUUID(), scheduled_time: '2026-04-08T11:00:00Z' }];
    await kept.send({ method: 'POST', url: '/api/sessions/batch', payload: { sessions } });
    await score(kept);
    now = new Date(NOON.getTime() + 69_000);
    expect((await askThreshold(kept)).tutors).toBe(4);
    now = new Date(NOON.getTime() + 70_000);
    expect((await askThreshold(kept)).tutors).toBe(5);
  });
});

async function nameDay({ db }: TestApp, day: string): Promise<void> {
  const starts_at = new Date(`${day}T00:00:00Z`);
  const counts = { sessions: 21, reschedules: 20, tutors: 20, movers: 20 };
  await db
    .insertInto('marketplace_days')
    .values({
      ...counts,
      day,
      starts_at,
      ends_at: new Date(starts_at.getTime() + DAY_MS),
      is_far_above: true,
      has_common_cause: true,
    })
    .execute();
}

/** To the two decimals of the answer. */
function near(value: number): number {
  return Math.round(100 * value) / 100;
}
