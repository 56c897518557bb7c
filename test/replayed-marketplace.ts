import { randomUUID } from 'node:crypto';
import type { ThresholdReplay } from '../src/contract/threshold.ts';
import { rescoreTutors } from '../src/tutors/rescore.ts';
import type { TestApp } from './app.ts';
import { type Body, completedSession, movedSession } from './factories.ts';

export const NOON = new Date('2026-04-08T12:00:00.000Z');
export const DAY_MS = 24 * 60 * 60 * 1000;
export const ids = Object.fromEntries(
  ['Ada', 'Bob', 'Cyd', 'Dee', 'Eve', 'Fay'].map((name): [string, string] => [name, randomUUID()]),
);

/** A session so many days before noon, moved by the tutor or kept. */
export function sessionOf(name: string, days: number, isMoved: boolean): Body {
  const session = {
    tutor_id: ids[name] ?? '',
    tutor: { name },
    scheduled_time: new Date(NOON.getTime() - days * DAY_MS).toISOString(),
  };
  return isMoved ? movedSession(session) : completedSession(session);
}

/** A session on each of the last `count` days. */
export function eachDay(name: string, count: number, isMoved: (day: number) => boolean): Body[] {
  return Array.from({ length: count }, (_, day) => sessionOf(name, day + 1, isMoved(day + 1)));
}

/**
 * Ada moved every session of 20 days, from the 30th to the 11th day before; Dee is to leave, Eve has not taught since
 * December. The first of all sessions was long before, so that nothing is new.
 */
export const SESSIONS = [
  ...eachDay('Ada', 85, (day) => day > 10 && day <= 30),
  ...eachDay('Bob', 60, (day) => day === 40),
  sessionOf('Cyd', 1, true),
  ...eachDay('Dee', 60, () => true),
  sessionOf('Eve', 120, true),
  sessionOf('Eve', 400, false),
];

/** Stores the scores of all tutors, as a worker would at `now`. */
export async function scoreAll({ db }: TestApp, now = NOON): Promise<void> {
  const tutors = await db.selectFrom('tutors').select('id').execute();
  const tutorIds = tutors.map(({ id }) => id);
  await db.transaction().execute((tx) => rescoreTutors(tx, tutorIds, () => Promise.resolve(now)));
}

/** What `GET /api/threshold` answers. */
export async function askThreshold(
  api: TestApp,
  query = '',
): Promise<Omit<ThresholdReplay, 'as_of'> & { as_of: string }> {
  return (await api.send({ url: `/api/threshold${query}` })).json();
}
