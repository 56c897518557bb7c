import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TESTER } from '../../test/actor.ts';
import { createTestDatabase, type TestDatabase } from '../../test/database.ts';
import { type Body, completedSession, movedSession } from '../../test/factories.ts';
import { scoresOf, workOff } from '../../test/scores.ts';
import { eventOf } from '../../test/session-events.ts';
import type { Clock } from '../database/clock.ts';
import { databaseClock } from '../database/clock.ts';
import { ingestSessions } from '../sessions/ingest-sessions.ts';
import { changeThreshold } from '../settings/change-threshold.ts';
import { updateThreshold } from '../settings/queries.ts';
import { recalculateAll } from './recalculate-all.ts';
import { rejudgeAll, rescoreTutors } from './rescore.ts';
import { sweepWindows } from './sweep-windows.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const DAY_MS = 24 * 60 * 60 * 1000;
const at =
  (time: string): Clock =>
  () =>
    Promise.resolve(new Date(time));
const ingest = (bodies: readonly Body[]) =>
  ingestSessions(
    database.db,
    bodies.map((body) => eventOf(body)),
  );
const scoreOf = async (tutorId: string) => (await scoresOf(database.db, [tutorId]))[0];
const rescoreAt = (tutorId: string, time: string) =>
  database.db.transaction().execute((tx) => rescoreTutors(tx, [tutorId], at(time)));

/** The bodies of so many sessions of one tutor at one time, the first `moved` of them moved by the tutor. */
function sessionsOf(tutor_id: string, scheduled_time: string, count: number, moved: number): Body[] {
  return Array.from({ length: count }, (_, index) =>
    index < moved ? movedSession({ tutor_id, scheduled_time }) : completedSession({ tutor_id, scheduled_time }),
  );
}

describe('windows', () => {
  it('count from the lower edge, which is inside, to the upper edge, which is not', async () => {
    const tutor_id = randomUUID();
    const asOf = '2026-06-15T12:00:00.000Z';
    const before = (days: number, ms: number) => new Date(Date.parse(asOf) - days * DAY_MS + ms).toISOString();
    const times = [before(0, 0), before(0, -1), ...[7, 30, 90].flatMap((days) => [before(days, 0), before(days, -1)])];
    await ingest(times.map((scheduled_time) => movedSession({ tutor_id, scheduled_time })));
    await rescoreAt(tutor_id, asOf);
    expect(await scoreOf(tutor_id)).toMatchObject({
      total_sessions_7d: 2,
      total_sessions_30d: 4,
      total_sessions_90d: 6,
      tutor_reschedules_7d: 2,
      tutor_reschedules_30d: 4,
      tutor_reschedules_90d: 6,
    });
  });

  it('count neither what students move as the tutor’s, nor no-shows as moves, nor future bookings at all', async () => {
    const tutor_id = randomUUID();
    const byStudent = { initiator: 'student' as const, new_time: null };
    const noShow = completedSession({ tutor_id, status: 'no_show', completed_time: null });
    const future = movedSession({ tutor_id, scheduled_time: new Date(Date.now() + DAY_MS).toISOString() });
    await ingest([movedSession({ tutor_id, reschedule_info: byStudent }), noShow, future]);
    await workOff(database.db);
    expect(await scoreOf(tutor_id)).toMatchObject({
      total_sessions_7d: 2,
      tutor_reschedules_7d: 0,
      is_high_risk: false,
    });
  });

  it('decides 601 of 4,006 as above 15 %, and 3 of 20 as not', async () => {
    const [many, few] = [randomUUID(), randomUUID()];
    await ingest([
      ...sessionsOf(many, '2026-06-10T12:00:00Z', 4006, 601),
      ...sessionsOf(few, '2026-06-10T12:00:00Z', 20, 3),
    ]);
    await rescoreAt(many, '2026-06-15T12:00:00Z');
    await rescoreAt(few, '2026-06-15T12:00:00Z');
    expect(await scoreOf(many)).toMatchObject({ is_high_risk: true });
    expect(await scoreOf(few)).toMatchObject({ is_high_risk: false });
  });
});

describe('an update', () => {
  it('is not lost when a session is committed while two workers score its tutor', async () => {
    const { db } = database;
    const tutor_id = randomUUID();
    await ingest([completedSession({ tutor_id })]);
    // The first worker holds the score row and has counted; a session is committed; the second worker waits.
    let second: Promise<unknown> = Promise.resolve();
    await db.transaction().execute(async (tx) => {
      await rescoreTutors(tx, [tutor_id], databaseClock);
      await ingest([movedSession({ tutor_id })]);
      second = db.transaction().execute((other) => rescoreTutors(other, [tutor_id], databaseClock));
    });
    await second;
    expect(await scoreOf(tutor_id)).toMatchObject({ total_sessions_7d: 2, tutor_reschedules_7d: 1 });
  });

  it('gives a time after the lock, so that the later count is also the later score', async () => {
    const { db } = database;
    const tutor_id = randomUUID();
    await ingest([completedSession({ tutor_id })]);
    const { releasedAt, waiting } = await db.transaction().execute(async (tx) => {
      await rescoreTutors(tx, [tutor_id], databaseClock);
      const second = db.transaction().execute((other) => rescoreTutors(other, [tutor_id], databaseClock));
      return { releasedAt: await databaseClock(tx), waiting: second };
    });
    const { asOf } = await waiting;
    expect(asOf.getTime()).toBeGreaterThanOrEqual(releasedAt.getTime());
  });
});

describe('the threshold', () => {
  it('judges a tutor who comes while it changes by the new one', async () => {
    const { db } = database;
    const body = movedSession();
    let coming: Promise<unknown> = Promise.resolve();
    await db.transaction().execute(async (tx) => {
      await updateThreshold(tx, 100, 'test', new Date());
      coming = ingest([body]);
      // It waits for the settings; what holds now must hold for it too.
      await rejudgeAll(tx, 100, new Date());
    });
    await coming;
    await workOff(db);
    expect(await scoreOf(body.tutor_id)).toMatchObject({ tutor_reschedules_7d: 1, is_high_risk: false });
    await changeThreshold(db, databaseClock, 15, TESTER);
  });

  it('counts nothing anew, and so keeps the instant for which the counts hold', async () => {
    const { db } = database;
    const tutor_id = randomUUID();
    await ingest(sessionsOf(tutor_id, '2026-06-10T12:00:00Z', 4, 2));
    await rescoreAt(tutor_id, '2026-06-12T00:00:00Z');
    await ingest(sessionsOf(tutor_id, '2026-06-11T12:00:00Z', 3, 0));
    await db.transaction().execute((tx) => rejudgeAll(tx, 60, new Date('2026-08-12T00:00:00Z')));
    const score = await db.selectFrom('tutor_scores').selectAll().where('tutor_id', '=', tutor_id).execute();
    expect(score).toMatchObject([
      { total_sessions_30d: 4, risk_threshold: 60, last_calculated_at: new Date('2026-06-12T00:00:00Z') },
    ]);
    await changeThreshold(db, databaseClock, 15, TESTER);
  });

  it('judges tutors who come later by the new one', async () => {
    const { db } = database;
    await changeThreshold(db, databaseClock, 60, TESTER);
    const tutor_id = randomUUID();
    await ingest(sessionsOf(tutor_id, new Date(Date.now() - DAY_MS).toISOString(), 2, 1));
    await workOff(db);
    expect(await scoreOf(tutor_id)).toMatchObject({ tutor_reschedules_7d: 1, is_high_risk: false });
    await changeThreshold(db, databaseClock, 15, TESTER);
  });
});

describe('time', () => {
  it('clears a tutor whose moves grow old, though no session arrives', async () => {
    const own = await createTestDatabase();
    try {
      const tutor_id = randomUUID();
      const bodies = sessionsOf(tutor_id, '2026-06-10T12:00:00Z', 3, 1);
      await ingestSessions(
        own.db,
        bodies.map((body) => eventOf(body)),
      );
      await own.db.transaction().execute((tx) => rescoreTutors(tx, [tutor_id], at('2026-06-10T13:00:00Z')));
      await sweepWindows(own.db, at('2026-06-10T13:00:00Z'));
      const steps = ['2026-06-17T11:59:59Z', '2026-06-17T12:00:01Z', '2026-07-10T12:00:01Z', '2026-09-08T12:00:01Z'];
      const seen: string[] = [];
      for (const step of steps) {
        const { tutorIds } = await sweepWindows(own.db, at(step));
        const [score] = await scoresOf(own.db, [tutor_id]);
        seen.push(
          [tutorIds.length, score?.total_sessions_7d, score?.total_sessions_30d, score?.total_sessions_90d].join(' '),
        );
      }
      expect(seen).toEqual(['0 3 3 3', '1 0 3 3', '1 0 0 3', '1 0 0 0']);
    } finally {
      await own.drop();
    }
  });

  it('brings a future booking into the windows when it begins', async () => {
    const own = await createTestDatabase();
    try {
      const booked = new Date(Date.now() + DAY_MS).toISOString();
      const body = movedSession({ scheduled_time: booked });
      await ingestSessions(own.db, [eventOf(body)]);
      await workOff(own.db);
      await sweepWindows(own.db, databaseClock);
      expect((await scoresOf(own.db, [body.tutor_id]))[0]).toMatchObject({ total_sessions_7d: 0, is_high_risk: false });
      const after = new Date(Date.parse(booked) + 1);
      await sweepWindows(own.db, () => Promise.resolve(after));
      expect((await scoresOf(own.db, [body.tutor_id]))[0]).toMatchObject({ total_sessions_7d: 1, is_high_risk: true });
    } finally {
      await own.drop();
    }
  });

  it('never turns the watermark back', async () => {
    const { db } = database;
    const { until } = await sweepWindows(db, databaseClock);
    const back = await sweepWindows(db, at('2020-01-01T00:00:00Z'));
    expect(back).toEqual({ until, tutorIds: [] });
  });
});

describe('recalculation', () => {
  it('mends a score that was changed by hand and says how many it mended', async () => {
    const { db } = database;
    const body = movedSession();
    await ingest([body]);
    await workOff(db);
    await recalculateAll(db, databaseClock, () => {});
    await db
      .updateTable('tutor_scores')
      .set({ tutor_reschedules_90d: 0, tutor_reschedules_30d: 0, tutor_reschedules_7d: 0, evidence_reschedules: 0 })
      .where('tutor_id', '=', body.tutor_id)
      .execute();
    expect(await recalculateAll(db, databaseClock, () => {})).toMatchObject({ changed: 1 });
    expect(await scoreOf(body.tutor_id)).toMatchObject({ tutor_reschedules_7d: 1 });
  });
});
