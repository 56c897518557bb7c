import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../test/database.ts';
import { type Body, completedSession, movedSession } from '../../test/factories.ts';
import { eventOf } from '../../test/session-events.ts';
import type { Db } from '../database/connection.ts';
import { ingestSessions } from '../sessions/ingest-sessions.ts';
import { rescoreTutors } from '../tutors/rescore.ts';
import { nameDays, nameLatestDays } from './name-days.ts';
import { refreshAfterLoad, refreshEvidence, refreshNightly } from './refresh-evidence.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const NOW = new Date('2026-06-30T12:00:00Z');
const daysAgo = (days: number) => new Date(NOW.getTime() - days * DAY_MS);
const at = (time: Date) => () => Promise.resolve(time);
const TUTORS = Array.from({ length: 20 }, () => randomUUID());

/** A session of a tutor, so many days ago. */
const session = (tutor_id: string, days: number, isMoved: boolean): Body => {
  const body = { tutor_id, scheduled_time: daysAgo(days).toISOString() };
  return isMoved ? movedSession(body) : completedSession(body);
};

/**
 * Forty days of a marketplace in which one session in ten is moved, each tutor's share alike; on the `storm` days
 * all tutors but the last move theirs.
 */
function marketplace(storm: readonly number[]): Body[] {
  const days = Array.from({ length: 40 }, (_, index) => 40 - index);
  return days.flatMap((day) =>
    TUTORS.flatMap((tutor, index) =>
      [0, 1].map((place) => {
        const isStorm = storm.includes(day) && index < TUTORS.length - 1;
        return session(tutor, day, isStorm || (day * 2 + place + index) % 10 === 0);
      }),
    ),
  );
}

const ingest = (db: Db, bodies: readonly Body[]) =>
  ingestSessions(
    db,
    bodies.map((body) => eventOf(body)),
  );
const namedDays = async (db: Db) =>
  (
    await db.selectFrom('marketplace_days').selectAll().where('has_common_cause', '=', true).orderBy('day').execute()
  ).map(({ starts_at }) => starts_at.toISOString().slice(0, 10));
const waitingFor = async (db: Db) => (await db.selectFrom('tutors_to_rescore').select('tutor_id').execute()).length;

describe('the night', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
    await ingest(database.db, marketplace([5, 4]));
    await refreshEvidence(database.db, at(NOW), 'UTC');
  });
  afterAll(() => database.drop());

  it('names the days of a common cause, and nobody is flagged for them', async () => {
    const { db } = database;
    expect(await namedDays(db)).toEqual(['2026-06-25', '2026-06-26']);
    const scores = await db.selectFrom('tutor_scores').selectAll().execute();
    expect(scores).toHaveLength(20);
    for (const score of scores) {
      expect(score).toMatchObject({ total_sessions_90d: 80, evidence_sessions: 76 });
      expect(score.evidence_reschedules).toBeLessThan(12);
    }
    expect(await db.selectFrom('risk_flags').selectAll().execute()).toEqual([]);
  });

  it('fits the prior without them, and says when the data show no difference between tutors', async () => {
    const priors = await database.db.selectFrom('rate_priors').selectAll().execute();
    expect(priors).toMatchObject([{ basis: 'no_difference', tutors: 20, sessions: 1520, as_of: NOW }]);
    const { a = 0, b = 1 } = priors[0] ?? {};
    expect(a / (a + b)).toBeCloseTo(0.1, 1);
  });

  it('is begun anew when it was broken off', async () => {
    const { db } = database;
    const stop = new AbortController();
    await db.updateTable('rate_priors').set({ is_finished: false }).execute();
    stop.abort();
    await expect(refreshNightly(db, at(NOW), 'UTC', stop)).rejects.toThrow('aborted');
    const finished = async () =>
      (await db.selectFrom('rate_priors').select('is_finished').orderBy('version').execute()).map(
        (row) => row.is_finished,
      );
    expect(await finished()).toEqual([false, false]);
    await refreshNightly(db, at(NOW), 'UTC');
    expect(await finished()).toEqual([false, false, true]);
    await refreshNightly(db, at(NOW), 'UTC');
    expect(await finished()).toHaveLength(3);
    const versions = await db.selectFrom('tutor_scores').select('prior_version').distinct().execute();
    expect(versions).toEqual([{ prior_version: 3 }]);
  });

  it('comes once a business day', async () => {
    const { db } = database;
    const count = async () => (await db.selectFrom('rate_priors').select('version').execute()).length;
    const before = await count();
    await refreshNightly(db, at(new Date('2026-06-30T23:59:59Z')), 'UTC');
    expect(await count()).toBe(before);
    await refreshNightly(db, at(new Date('2026-06-30T22:30:00Z')), 'Europe/Berlin');
    expect(await count()).toBe(before + 1);
    await refreshNightly(db, at(new Date('2026-07-01T00:00:00Z')), 'Europe/Berlin');
    expect(await count()).toBe(before + 1);
  });
});

describe('the day that is running', () => {
  it('is named before it is over, which takes back what it had opened', async () => {
    const database = await createTestDatabase();
    const { db } = database;
    const [first = '', second = ''] = TUTORS;
    await ingest(db, [...marketplace([]), ...Array.from({ length: 12 }, () => session(first, 0.1, true))]);
    await refreshEvidence(db, at(daysAgo(0.5)), 'UTC');
    await db.deleteFrom('tutors_to_rescore').execute();
    await nameLatestDays(db, NOW, 'UTC');
    // One tutor alone is no common cause, whatever happened to this one.
    expect([await namedDays(db), await waitingFor(db)]).toEqual([[], 0]);
    await db.updateTable('rate_priors').set({ a: 2, b: 23 }).execute();
    await db.transaction().execute((tx) => rescoreTutors(tx, [first], at(NOW)));
    const flags = () => db.selectFrom('risk_flags').select(['tutor_id', 'close_reason']).execute();
    expect(await flags()).toEqual([{ tutor_id: first, close_reason: null }]);

    await ingest(
      db,
      TUTORS.slice(1).flatMap((tutor) => [session(tutor, 0.1, true), session(tutor, 0.05, true)]),
    );
    await db.deleteFrom('tutors_to_rescore').execute();
    await nameLatestDays(db, NOW, 'UTC');
    expect([await namedDays(db), await waitingFor(db)]).toEqual([['2026-06-30'], 20]);
    await db.transaction().execute((tx) => rescoreTutors(tx, [first, second], at(NOW)));
    expect(await flags()).toEqual([{ tutor_id: first, close_reason: 'common_cause_day' }]);
    // It stays named until it is settled, however it goes on.
    await ingest(
      db,
      TUTORS.flatMap((tutor) => Array.from({ length: 60 }, () => session(tutor, 0.02, false))),
    );
    await nameLatestDays(db, NOW, 'UTC');
    expect(await namedDays(db)).toEqual(['2026-06-30']);
    await nameDays(db, { from: NOW, until: new Date('2026-07-01T07:00:00Z') }, 'UTC');
    expect(await namedDays(db)).toEqual([]);
    await database.drop();
  });
});

describe('a platform that sends its past', () => {
  it('need not wait a night: the prior is fitted as soon as there is something to fit', async () => {
    const database = await createTestDatabase();
    const { db } = database;
    await refreshNightly(db, at(NOW), 'UTC');
    await refreshNightly(db, at(NOW), 'UTC');
    const priors = () => db.selectFrom('rate_priors').select(['basis', 'sessions']).orderBy('version').execute();
    expect(await priors()).toEqual([{ basis: 'assumed', sessions: 0 }]);
    await ingest(db, marketplace([5, 4]));
    await refreshNightly(db, at(NOW), 'UTC');
    expect(await priors()).toMatchObject([{}, { basis: 'no_difference', sessions: 1520 }]);
    expect(await namedDays(db)).toEqual(['2026-06-25', '2026-06-26']);
    await refreshNightly(db, at(NOW), 'UTC');
    expect(await priors()).toHaveLength(2);
    await database.drop();
  });
});

describe('a day that is over', () => {
  it('is named when its storm is heard of late, and never for the moves of one or two tutors', async () => {
    const database = await createTestDatabase();
    const { db } = database;
    await ingest(db, marketplace([]));
    await refreshEvidence(db, at(NOW), 'UTC');
    const [first = '', second = ''] = TUTORS;
    await ingest(
      db,
      [first, second].flatMap((tutor) => Array.from({ length: 15 }, () => session(tutor, 2, true))),
    );
    await nameLatestDays(db, NOW, 'UTC');
    expect(await namedDays(db)).toEqual([]);
    await ingest(
      db,
      TUTORS.flatMap((tutor) => [session(tutor, 1, true), session(tutor, 1.01, true)]),
    );
    await nameLatestDays(db, NOW, 'UTC');
    expect(await namedDays(db)).toEqual(['2026-06-29']);
    await database.drop();
  });
});

describe('days named by several at once', () => {
  it('are counted one after the other: the last to count is the last to store', async () => {
    const database = await createTestDatabase();
    const { db } = database;
    await ingest(db, marketplace([5]));
    const all = { from: daysAgo(60), until: NOW };
    const storms = TUTORS.map((tutor) => session(tutor, 3.1, true));
    const counts = [nameDays(db, all, 'UTC'), nameDays(db, all, 'UTC'), ingest(db, storms)];
    await Promise.all([...counts, ...counts.map(() => nameDays(db, all, 'UTC'))]);
    await nameDays(db, all, 'UTC');
    const { sessions } = await db
      .selectFrom('marketplace_days')
      .select('sessions')
      .where('day', '=', '2026-06-27')
      .executeTakeFirstOrThrow();
    expect([sessions, await namedDays(db)]).toEqual([60, ['2026-06-25', '2026-06-27']]);
    await database.drop();
  });
});

describe('the watch for rises', () => {
  it('gives one alarm for a tutor whose rate has risen, tells it with the score, and takes no day twice', async () => {
    const database = await createTestDatabase();
    const { db } = database;
    const [risen = ''] = TUTORS;
    const risenDays = [9, 8, 7, 6, 5, 4, 3, 2].map((day) => session(risen, day + 0.1, true));
    await ingest(db, [...marketplace([]), ...risenDays]);
    await refreshEvidence(db, at(NOW), 'UTC');
    const alarms = await db.selectFrom('rise_alarms').selectAll().execute();
    expect(alarms).toMatchObject([{ tutor_id: risen }]);
    const [alarm] = alarms;
    expect(alarm?.move_days).toBeGreaterThan(2);
    expect(alarm?.kept_sessions).toBeGreaterThanOrEqual(0);
    expect(alarm?.usual_rate).toBeLessThan(20);
    const scores = await db.selectFrom('tutor_scores').select(['tutor_id', 'rise_signalled_at']).execute();
    expect(scores.filter(({ rise_signalled_at }) => rise_signalled_at !== null)).toEqual([
      { tutor_id: risen, rise_signalled_at: alarm?.signalled_at },
    ]);
    const watches = await db.selectFrom('rise_watches').selectAll().orderBy('tutor_id').execute();
    await refreshEvidence(db, at(NOW), 'UTC');
    expect(await db.selectFrom('rise_watches').selectAll().orderBy('tutor_id').execute()).toEqual(watches);
    await db.transaction().execute((tx) => rescoreTutors(tx, [risen], at(new Date(NOW.getTime() + 40 * DAY_MS))));
    const later = await db
      .selectFrom('tutor_scores')
      .select('rise_signalled_at')
      .where('tutor_id', '=', risen)
      .execute();
    expect(later).toEqual([{ rise_signalled_at: null }]);
    // Older sessions come in: the watch takes their days in order, from the beginning, and the alarm stays.
    await ingest(
      db,
      TUTORS.map((tutor) => session(tutor, 60, false)),
    );
    await refreshAfterLoad(db, at(NOW), 'UTC', daysAgo(60));
    const [watch] = await db.selectFrom('rise_watches').selectAll().where('tutor_id', '=', risen).execute();
    const usual = watches.find(({ tutor_id }) => tutor_id === risen);
    expect(watch).toEqual({ ...usual, usual_sessions: (usual?.usual_sessions ?? 0) + 1 });
    expect(await db.selectFrom('rise_alarms').selectAll().execute()).toEqual(alarms);
    await database.drop();
  });
});
