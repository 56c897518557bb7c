import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApp, type TestApp } from '../../test/app.ts';
import { type Body, completedSession, hoursAgo, movedSession } from '../../test/factories.ts';
import { TUTOR_COLUMNS, type TutorListItem } from '../contract/tutors.ts';

/**
 * Moves of sessions, and how many moves lie above what 15 % allows:
 *
 *        7 days       30 days         90 days
 *   Ada  none         2 of 10: 0.5    6 of 20: 3
 *   Bob  2 of 4: 1.4  2 of 4: 1.4     2 of 4: 1.4
 *   Cyd  none         7 of 40: 1      7 of 40: 1
 *   Dee  0 of 5: −0.75 in each
 *   Eve  none in each
 */
const DAYS_AGO = { thisWeek: 1, thisMonth: 20, thisQuarter: 60 };

let api: TestApp;
beforeAll(async () => {
  api = await createTestApp();
  const sessions = [
    ...sessionsOf('Ada', DAYS_AGO.thisMonth, 10, 2),
    ...sessionsOf('Ada', DAYS_AGO.thisQuarter, 10, 4),
    ...sessionsOf('Bob', DAYS_AGO.thisWeek, 4, 2),
    ...sessionsOf('Cyd', DAYS_AGO.thisMonth, 40, 7),
    ...sessionsOf('Dee', DAYS_AGO.thisWeek, 5, 0),
  ];
  await api.send({ method: 'POST', url: '/api/sessions/batch', payload: { sessions } });
  await api.send({ method: 'PUT', url: `/api/tutors/${idOf('Eve')}`, payload: { name: 'Eve', is_active: false } });
  await api.work();
});
afterAll(() => api.close());

const ids = new Map<string, string>();
function idOf(name: string): string {
  const id = ids.get(name) ?? randomUUID();
  ids.set(name, id);
  return id;
}

function sessionsOf(name: string, daysAgo: number, count: number, moved: number): Body[] {
  const session = { tutor_id: idOf(name), tutor: { name }, scheduled_time: hoursAgo(24 * daysAgo) };
  return Array.from({ length: count }, (_, index) =>
    index < moved ? movedSession(session) : completedSession(session),
  );
}

const list = async (query: string): Promise<{ tutors: TutorListItem[]; total: number; counts: object }> =>
  (await api.send({ url: `/api/tutors?${query}` })).json();
const names = async (query: string) => (await list(query)).tutors.map(({ name }) => name);
const csv = async (query: string) => (await api.send({ url: `/api/tutors.csv?${query}` })).body;
/** Ties are broken by id, in the direction of the sort. */
const tied = (...tutors: string[]) => tutors.sort((one, other) => (idOf(one) < idOf(other) ? -1 : 1));

describe('the list of tutors', () => {
  it.each([
    ['window_days=7', ['Bob'], ['Ada', 'Cyd', 'Eve'], ['Dee']],
    ['window_days=30', ['Bob', 'Cyd', 'Ada'], ['Eve'], ['Dee']],
    ['', ['Bob', 'Cyd', 'Ada'], ['Eve'], ['Dee']],
    ['window_days=90', ['Ada', 'Bob', 'Cyd'], ['Eve'], ['Dee']],
  ])('puts those first who moved most above the threshold in the window: %s', async (window, most, none, least) => {
    const sorted = `${window}&sort_by=moves_above_threshold`;
    expect(await names(`${sorted}&sort_order=desc`)).toEqual([...most, ...tied(...none).toReversed(), ...least]);
    expect(await names(`${sorted}&sort_order=asc`)).toEqual([...least, ...tied(...none), ...most.toReversed()]);
  });

  it('sorts by the rate and by the sessions of the window', async () => {
    expect(await names('window_days=90&limit=3')).toEqual(['Bob', 'Ada', 'Cyd']);
    expect(await names('window_days=30&limit=3')).toEqual(['Bob', 'Ada', 'Cyd']);
    expect(await names('window_days=7')).toEqual(['Bob', ...tied('Ada', 'Cyd', 'Dee', 'Eve').toReversed()]);
    expect(await names('window_days=90&sort_by=total_sessions')).toEqual(['Cyd', 'Ada', 'Dee', 'Bob', 'Eve']);
    expect(await names('window_days=30&sort_by=total_sessions')).toEqual(['Cyd', 'Ada', 'Dee', 'Bob', 'Eve']);
    expect(await names('window_days=7&sort_by=total_sessions')).toEqual([
      'Dee',
      'Bob',
      ...tied('Ada', 'Cyd', 'Eve').toReversed(),
    ]);
  });

  it.each([
    ['rate_from=20', ['Ada', 'Bob']],
    ['rate_from=21', ['Bob']],
    ['rate_below=20', ['Cyd', 'Dee']],
    ['rate_from=17&rate_below=18', ['Cyd']],
    ['rate_below=0', []],
    ['rate_from=0', ['Ada', 'Bob', 'Cyd', 'Dee']],
    ['rate_below=101', ['Ada', 'Bob', 'Cyd', 'Dee']],
    ['rate_from=0&window_days=7', ['Bob', 'Dee']],
    ['rate_from=25&window_days=90', ['Ada', 'Bob']],
    ['rate_from=15&rate_below=30&window_days=90', ['Cyd']],
  ])('narrows to rates of the window, and to tutors who have one: %s', async (query, expected) => {
    expect(await names(`${query}&sort_by=name&sort_order=asc`)).toEqual(expected);
  });

  it.each([
    ['', 5, { all: 5, high_risk: 3, low_risk: 2 }],
    ['risk_status=low_risk', 2, { all: 5, high_risk: 3, low_risk: 2 }],
    ['risk_status=high_risk&limit=1', 3, { all: 5, high_risk: 3, low_risk: 2 }],
    ['risk_status=low_risk&is_active=true', 1, { all: 4, high_risk: 3, low_risk: 1 }],
    ['risk_status=all&rate_below=20', 2, { all: 2, high_risk: 1, low_risk: 1 }],
    ['risk_status=high_risk&search=e', 0, { all: 2, high_risk: 0, low_risk: 2 }],
  ])('says how many tutors each risk status would give: %s', async (query, total, counts) => {
    expect(await list(query)).toMatchObject({ total, counts });
  });

  it.each(['window_days=14', 'rate_from=-1', 'rate_from=101', 'rate_below=102', 'rate_below=ten', 'sort_by=moves'])(
    'refuses ?%s, naming the parameter',
    async (query) => {
      const answer = await api.send({ url: `/api/tutors?${query}` });
      expect([answer.statusCode, Object.keys(answer.json().details)]).toEqual([400, [query.split('=')[0]]]);
    },
  );
});

describe('the CSV', () => {
  it('has the columns asked for in their order, and the rows of the list in its order', async () => {
    const selection = 'window_days=90&sort_by=moves_above_threshold&rate_from=10';
    expect(await csv(`${selection}&columns=reschedule_rate_90d,name`)).toBe(
      'reschedule_rate_90d,name\r\n30,Ada\r\n50,Bob\r\n17.5,Cyd\r\n',
    );
  });

  it('has all columns unless asked otherwise, each with what the list says', async () => {
    const selection = 'window_days=7&sort_by=total_sessions&risk_status=high_risk';
    const { tutors } = await list(selection);
    const lines = tutors.map((tutor) => TUTOR_COLUMNS.map((column) => tutor[column]).join(','));
    expect((await csv(selection)).trimEnd().split('\r\n')).toEqual([TUTOR_COLUMNS.join(','), ...lines]);
    expect(lines).toHaveLength(3);
  });

  it.each(['', 'name,', 'email', 'name;id'])('refuses the columns %j', async (columns) => {
    const answer = await api.send({ url: `/api/tutors.csv?columns=${columns}` });
    expect(answer.statusCode).toBe(400);
    expect(Object.keys(answer.json().details)[0]).toMatch(/^columns/);
  });
});
