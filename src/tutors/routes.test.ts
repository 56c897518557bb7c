import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApp, type TestApp } from '../../test/app.ts';
import { type Body, completedSession, hoursAgo, movedSession } from '../../test/factories.ts';

/** A Wednesday noon; the business weeks below are named by their Mondays in Berlin. */
const NOW = new Date('2026-04-08T12:00:00Z');

let api: TestApp;
beforeAll(async () => {
  api = await createTestApp();
});
afterAll(() => api.close());

const get = async (url: string) => (await api.send({ url })).json();
const batch = async (app: TestApp, sessions: Body[]) => {
  await app.send({ method: 'POST', url: '/api/sessions/batch', payload: { sessions } });
  await app.work();
};

describe('GET /api/tutors', () => {
  const named = (name: string, total: number, moved: number) => {
    const tutor_id = randomUUID();
    const tutor = { name };
    return Array.from({ length: total }, (_, index) =>
      index < moved ? movedSession({ tutor_id, tutor }) : completedSession({ tutor_id, tutor }),
    );
  };
  beforeAll(async () => {
    await batch(api, [
      ...named('Zoë Ångström', 10, 5),
      ...named('Alan 100%', 10, 1),
      ...named('Bea_Under', 5, 2),
      ...named('Bea Under', 5, 2),
      ...named("=cmd|'/c calc'!A1", 4, 0),
    ]);
    await api.send({
      method: 'PUT',
      url: `/api/tutors/${randomUUID()}`,
      payload: { name: 'New Tutor', is_active: false },
    });
  });
  const names = async (query: string) =>
    (await get(`/api/tutors${query}`)).tutors.map(({ name }: { name: string }) => name);

  it('sorts by the 30-day rate, highest first, and lists tutors without sessions too', async () => {
    const list = await get('/api/tutors');
    expect(list).toMatchObject({ total: 6, limit: 100, offset: 0 });
    expect(list.tutors[0]).toMatchObject({
      name: 'Zoë Ångström',
      reschedule_rate_30d: 50,
      is_high_risk: true,
      total_sessions_30d: 10,
      tutor_reschedules_30d: 5,
    });
    expect(list.tutors.map(({ name }: { name: string }) => name)).toContain('New Tutor');
  });

  it.each([
    [
      '?sort_by=name&sort_order=asc',
      ["=cmd|'/c calc'!A1", 'Alan 100%', 'Bea Under', 'Bea_Under', 'New Tutor', 'Zoë Ångström'],
    ],
    ['?risk_status=high_risk&sort_by=name&sort_order=asc', ['Bea Under', 'Bea_Under', 'Zoë Ångström']],
    ['?risk_status=low_risk&sort_by=name&sort_order=asc', ["=cmd|'/c calc'!A1", 'Alan 100%', 'New Tutor']],
    ['?is_active=false', ['New Tutor']],
    ['?search=zoe%20ang', ['Zoë Ångström']],
    ['?search=ZOË', ['Zoë Ångström']],
    ['?search=%25', ['Alan 100%']],
    ['?search=_', ['Bea_Under']],
    ['?search=nobody', []],
  ])('%s', async (query, expected) => {
    expect(await names(query)).toEqual(expected);
  });

  it('pages without repeating or losing a tutor, ties included', async () => {
    const pages = await Promise.all(
      [0, 1, 2, 3, 4, 5].map((offset) => names(`?limit=1&offset=${offset}&sort_by=total_sessions`)),
    );
    expect(new Set(pages.flat()).size).toBe(6);
  });

  it.each([
    ['limit=0', 'limit'],
    ['limit=501', 'limit'],
    ['limit=ten', 'limit'],
    ['offset=-1', 'offset'],
    ['sort_by=email', 'sort_by'],
    ['risk_status=risky', 'risk_status'],
    ['limit=1&limit=2', 'limit'],
    ['colour=red', 'colour'],
  ])('answers 400 to ?%s, naming the parameter', async (query, field) => {
    const answer = await api.send({ url: `/api/tutors?${query}` });
    expect(answer.statusCode).toBe(400);
    expect(Object.keys(answer.json().details)).toEqual([field]);
  });

  it('exports the same selection as CSV, with no cell that a spreadsheet would run', async () => {
    const answer = await api.send({ url: '/api/tutors.csv?sort_by=name&sort_order=asc' });
    expect(answer.headers['content-type']).toBe('text/csv; charset=utf-8');
    const lines = answer.body.trimEnd().split('\r\n');
    expect(lines).toHaveLength(7);
    expect(lines[1]).toContain(",'=cmd|'/c calc'!A1,");
    expect(lines[6]).toContain(',Zoë Ångström,true,');
  });
});

describe('GET /api/tutors/{id}', () => {
  it('answers 404 to an id that is unknown, or none', async () => {
    for (const id of [randomUUID(), 'none']) {
      for (const path of ['', '/history', '/sessions']) {
        const answer = await api.send({ url: `/api/tutors/${id}${path}` });
        expect(answer.statusCode).toBe(404);
        expect(answer.json()).toMatchObject({ error: 'not_found', details: { id: expect.any(String) } });
      }
    }
  });
});

describe('PUT /api/tutors/{id}', () => {
  const put = (id: string, payload: object) => api.send({ method: 'PUT', url: `/api/tutors/${id}`, payload });

  it('creates, then updates, and leaves what is not named', async () => {
    const id = randomUUID();
    const email = `${id}@tutors.example`;
    const created = await put(id, { name: 'Ada', email });
    expect(created.statusCode).toBe(201);
    expect(created.json()).toEqual({ outcome: 'created', tutor: { id, name: 'Ada', email, is_active: true } });
    expect((await put(id, { name: 'Ada L.', is_active: false })).json().tutor).toEqual({
      id,
      name: 'Ada L.',
      email,
      is_active: false,
    });
    expect((await put(id, { name: 'Ada L.', email: null })).json().tutor).toMatchObject({
      email: null,
      is_active: false,
    });
  });

  it('answers 409 to an email that belongs to another tutor', async () => {
    await put(randomUUID(), { name: 'A', email: 'taken@tutors.example' });
    const answer = await put(randomUUID(), { name: 'B', email: 'Taken@tutors.example' });
    expect(answer.statusCode).toBe(409);
    expect(answer.json().details).toEqual({ email: 'belongs to another tutor' });
  });

  it.each([
    [{}, 'name'],
    [{ name: '' }, 'name'],
    [{ name: 'x'.repeat(256) }, 'name'],
    [{ name: 'A', email: 'no' }, 'email'],
    [{ name: 'A', is_active: 'yes' }, 'is_active'],
    [{ name: 'A', created_at: '2020-01-01T00:00:00Z' }, 'created_at'],
    [{ name: 'A', is_high_risk: false }, 'is_high_risk'],
  ])('refuses %o, naming %s', async (payload, field) => {
    const answer = await put(randomUUID(), payload);
    expect(answer.statusCode).toBe(422);
    expect(Object.keys(answer.json().details)).toEqual([field]);
  });

  it('is not undone by an older event', async () => {
    const body = completedSession({ tutor: { name: 'Old name' }, occurred_at: hoursAgo(5) });
    await put(body.tutor_id, { name: 'New name' });
    await batch(api, [body]);
    expect((await get(`/api/tutors/${body.tutor_id}`)).tutor.name).toBe('New name');
  });
});

describe('GET /api/tutors/{id}/history', () => {
  let berlin: TestApp;
  const tutor_id = randomUUID();
  beforeAll(async () => {
    const mail = {
      timezone: 'Europe/Berlin',
      dashboardUrl: 'https://x.example',
      from: 'a@x.example',
      domain: 'x.example',
    };
    berlin = await createTestApp({ clock: () => Promise.resolve(NOW), mail });
    await batch(berlin, [
      // Sunday 22:30 UTC is Monday 00:30 in Berlin, which went to summer time on 29 March.
      completedSession({ tutor_id, scheduled_time: '2026-04-05T22:30:00Z' }),
      movedSession({ tutor_id, scheduled_time: '2026-04-05T21:30:00Z' }),
      movedSession({
        tutor_id,
        scheduled_time: '2026-03-23T10:00:00Z',
        reschedule_info: { initiator: 'student', new_time: null },
      }),
      movedSession({ tutor_id, scheduled_time: '2026-04-08T13:00:00Z' }),
    ]);
  });
  afterAll(() => berlin.close());
  const history = async (query: string) =>
    (await berlin.send({ url: `/api/tutors/${tutor_id}/history${query}` })).json();

  it('names whole weeks by their Monday in the business time zone, the empty ones too, and ends now', async () => {
    const { trend } = await history('?days=14');
    expect(trend.reschedule_rate_by_week).toEqual([
      { week: '2026-03-23', rate: 0, total_sessions: 1, tutor_reschedules: 0 },
      { week: '2026-03-30', rate: 100, total_sessions: 1, tutor_reschedules: 1 },
      { week: '2026-04-06', rate: 0, total_sessions: 1, tutor_reschedules: 0 },
    ]);
  });

  it('says null, not 0, of a week without sessions', async () => {
    const { trend } = await history('?days=28');
    expect(trend.reschedule_rate_by_week[0]).toMatchObject({ week: '2026-03-09', rate: null, total_sessions: 0 });
  });

  it('filters by when the session was to take place, newest first', async () => {
    expect((await history('?days=7')).reschedules).toMatchObject([{ original_time: '2026-04-05T21:30:00.000Z' }]);
    const both = await history('?days=30');
    expect(both.reschedules.map(({ initiator }: { initiator: string }) => initiator)).toEqual(['tutor', 'student']);
    expect((await history('?days=30&limit=1')).reschedules).toHaveLength(1);
  });

  it('refuses 0 and 366 days', async () => {
    expect((await history('?days=0')).details).toHaveProperty('days');
    expect((await history('?days=366')).details).toHaveProperty('days');
  });
});
