import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApp, type TestApp } from '../../test/app.ts';
import { type Body, completedSession, hoursAgo, movedSession } from '../../test/factories.ts';
import type { Funnel } from '../contract/funnel.ts';
import { funnelLimits, overdispersedLimits } from '../scoring/funnel.ts';
import { overdispersion } from '../scoring/overdispersion.ts';

/** Sessions and moves of each tutor, all of them so many days ago. */
const TUTORS = [
  { name: 'Usual', sessions: 200, moved: 20, days: 3 },
  { name: 'Low', sessions: 100, moved: 1, days: 3 },
  { name: 'Far above', sessions: 60, moved: 24, days: 3 },
  { name: 'Once', sessions: 1, moved: 1, days: 3 },
  { name: 'Weeks ago', sessions: 20, moved: 3, days: 20 },
  { name: 'Months ago', sessions: 30, moved: 3, days: 60 },
  { name: 'Left', sessions: 40, moved: 4, days: 3 },
  { name: 'Long ago', sessions: 5, moved: 1, days: 120 },
];
const ids = new Map(TUTORS.map(({ name }) => [name, randomUUID()]));
const idOf = (name: string) => ids.get(name) ?? '';
const NAMED_SESSIONS: Body[] = TUTORS.flatMap(({ name, sessions, moved, days }) => {
  const session = { tutor_id: idOf(name), tutor: { name }, scheduled_time: hoursAgo(24 * days) };
  return Array.from({ length: sessions }, (_, index) =>
    index < moved ? movedSession(session) : completedSession(session),
  );
});

let api: TestApp;
beforeAll(async () => {
  api = await createTestApp();
  await api.send({ method: 'POST', url: '/api/sessions/batch', payload: { sessions: NAMED_SESSIONS } });
  await api.send({ method: 'PUT', url: `/api/tutors/${idOf('Left')}`, payload: { name: 'Left', is_active: false } });
  await api.work();
});
afterAll(() => api.close());

const funnelOf = async (query = ''): Promise<Funnel> => (await api.send({ url: `/api/funnel${query}` })).json();
const namesOf = ({ tutors }: Funnel) => tutors.map(({ name }) => name).sort();

describe('GET /api/funnel', () => {
  it('has the active tutors with sessions in the last 90 days, each with counts and rate', async () => {
    const funnel = await funnelOf();
    expect(funnel).toMatchObject({ window_days: 90, risk_threshold: 15 });
    expect(namesOf(funnel)).toEqual(['Far above', 'Low', 'Months ago', 'Once', 'Usual', 'Weeks ago']);
    const once = funnel.tutors.find(({ name }) => name === 'Once');
    expect(once).toMatchObject({
      id: idOf('Once'),
      sessions: 1,
      reschedules: 1,
      rate: 100,
      outside_overdispersed: null,
    });
    expect(once?.evidence).toBe('too_few');
  });

  it.each([
    ['?window_days=7', ['Far above', 'Low', 'Once', 'Usual']],
    ['?window_days=30', ['Far above', 'Low', 'Once', 'Usual', 'Weeks ago']],
    ['?window_days=7&is_active=false', ['Left']],
    ['?window_days=7&is_active=all', ['Far above', 'Left', 'Low', 'Once', 'Usual']],
  ])('has those of another window or activity: %s', async (query, names) => {
    expect(namesOf(await funnelOf(query))).toEqual(names);
  });

  it('puts the limits around the rate of all, as wide as chance and differences make them', async () => {
    const { centre, phi, tau_squared, limits } = await funnelOf();
    const counts = TUTORS.slice(0, 6).map(({ sessions, moved }) => ({ sessions, reschedules: moved }));
    const all = 52 / 411;
    expect(centre).toBe(12.65);
    // Whoever has fewer than five sessions says nothing of how tutors differ.
    const differences = overdispersion(counts.filter(({ sessions }) => sessions >= 5));
    expect(phi).toBeCloseTo(differences?.phi ?? NaN, 9);
    expect(tau_squared).toBeCloseTo(differences?.tauSquared ?? NaN, 9);
    expect([limits[0]?.sessions, limits.at(-1)?.sessions]).toEqual([1, 200]);
    const chance = funnelLimits(all, 200, 0.95);
    const wide = overdispersedLimits(all, 200, 0.998, differences?.tauSquared ?? NaN);
    expect(limits.at(-1)?.upper_95).toBeCloseTo(100 * (chance?.upper ?? NaN), 2);
    expect(limits.at(-1)?.lower_95).toBeCloseTo(100 * (chance?.lower ?? NaN), 2);
    expect(limits.at(-1)?.overdispersed_upper_998).toBeCloseTo(100 * (wide?.upper ?? NaN), 2);
  });

  it('says who lies outside of which limits, the farthest out and above first', async () => {
    const { tutors } = await funnelOf();
    expect(tutors.map(({ name, outside }) => [name, outside])).toEqual([
      ['Far above', '99.8'],
      ['Low', '99.8'],
      ['Once', null],
      ['Weeks ago', null],
      ['Usual', null],
      ['Months ago', null],
    ]);
  });

  it('is empty without tutors, and knows of no differences between one', async () => {
    expect(await funnelOf('?window_days=7&is_active=false')).toMatchObject({
      centre: 10,
      phi: null,
      tau_squared: null,
      tutors: [{ name: 'Left', outside: null, outside_overdispersed: null }],
    });
    const empty = await createTestApp();
    const answer = (await empty.send({ url: '/api/funnel' })).json();
    expect(answer).toMatchObject({ centre: null, phi: null, tau_squared: null, limits: [], tutors: [] });
    await empty.close();
  });

  it('looks at the end of a past day as it was', async () => {
    const day = hoursAgo(24 * 40).slice(0, 10);
    const { as_of, tutors } = await funnelOf(`?as_of=${day}`);
    expect(Date.parse(String(as_of))).toBe(Date.parse(`${day}T00:00:00Z`) + 24 * 60 * 60 * 1000);
    expect(tutors).toMatchObject([
      { name: 'Long ago', sessions: 5, reschedules: 1 },
      { name: 'Months ago', sessions: 30, reschedules: 3, rate: 10 },
    ]);
  });

  it.each([
    ['?window_days=14', { window_days: 'must be one of 7, 30, 90' }],
    ['?is_active=yes', { is_active: 'must be one of true, false, all' }],
    ['?as_of=2099-01-01', { as_of: 'must be a day that is over' }],
  ])('names what it does not know: %s', async (query, details) => {
    const answer = await api.send({ url: `/api/funnel${query}` });
    expect([answer.statusCode, answer.json().details]).toEqual([400, details]);
  });
});
