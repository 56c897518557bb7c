import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestApp, type TestApp } from '../../test/app.ts';
import { completedSession, movedSession } from '../../test/factories.ts';
import { STARTING_PRIOR } from '../scoring/prior.ts';
import { readPast, settledNights } from './read-past.ts';

/** Clocks go forward in Berlin on the 29th of March: a day of 23 hours. */
const TIMES = [
  '2026-03-28T22:59:59.999Z',
  '2026-03-28T23:00:00Z',
  '2026-03-29T21:59:59.999Z',
  '2026-03-29T22:00:00Z',
  '2026-04-08T11:59:59Z',
  // Not yet, and no more.
  '2026-04-08T12:00:00Z',
  '2025-08-11T21:59:59Z',
];
const AS_OF = new Date('2026-04-08T12:00:00Z');

let api: TestApp;
beforeAll(async () => {
  api = await createTestApp();
  const tutor_id = crypto.randomUUID();
  const sessions = TIMES.map((scheduled_time, index) =>
    index % 2 === 1 ? movedSession({ tutor_id, scheduled_time }) : completedSession({ tutor_id, scheduled_time }),
  );
  await api.send({ method: 'POST', url: '/api/sessions/batch', payload: { sessions } });
});
afterAll(() => api.close());

it('counts sessions by the days of the business, also where a day is shorter, up to now and from 240 days ago', async () => {
  const { days, tutors, countAll } = await readPast(api.db, AS_OF, 'Europe/Berlin');
  expect([days.length, days.at(0)?.day, days.at(-1)?.day]).toEqual([240, '2025-08-12', '2026-04-08']);
  expect(tutors).toBe(1);
  const found = days.flatMap(({ day }, index) => {
    const { sessions, reschedules } = countAll(0, index, 1);
    return sessions > 0 ? [[day, sessions, reschedules]] : [];
  });
  expect(found).toEqual([
    ['2026-03-28', 1, 0],
    ['2026-03-29', 2, 1],
    ['2026-03-30', 1, 1],
    ['2026-04-08', 1, 0],
  ]);
});

it('has a prior for each night that is replayed, and for no other', async () => {
  const { from, days, priorOf } = await readPast(api.db, AS_OF, 'Europe/Berlin');
  expect([priorOf(from), priorOf(days.length - 1)]).toEqual([STARTING_PRIOR, STARTING_PRIOR]);
  expect(() => priorOf(from - 1)).toThrow('Day 89 is not replayed.');
  expect(() => priorOf(days.length)).toThrow('Day 240 is not replayed.');
});

it('counts nights from the first session on: 90 days, and two weeks for flags to settle', async () => {
  const past = await readPast(api.db, AS_OF, 'Europe/Berlin');
  // The first session was in the last hours of the day before the first one.
  expect([past.settledFrom, settledNights(past)]).toEqual([-1 + 103, 90]);
  expect(settledNights({ ...past, settledFrom: 239 })).toBe(1);
  expect(settledNights({ ...past, settledFrom: 240 })).toBe(0);
  expect(settledNights({ ...past, settledFrom: Infinity })).toBe(0);
});

it('takes no night of a marketplace without sessions for a settled one', async () => {
  const empty = await createTestApp();
  expect(settledNights(await readPast(empty.db, AS_OF, 'Europe/Berlin'))).toBe(0);
  await empty.close();
});
