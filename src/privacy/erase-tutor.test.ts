import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { allRows } from '../../test/all-rows.ts';
import { createTestDatabase, type TestDatabase } from '../../test/database.ts';
import { completedSession, movedSession } from '../../test/factories.ts';
import { workOff } from '../../test/scores.ts';
import { eventOf } from '../../test/session-events.ts';
import { databaseClock } from '../database/clock.ts';
import { ingestSessions } from '../sessions/ingest-sessions.ts';
import { verifyDatabase } from '../synthetic/verify.ts';
import { recalculateAll } from '../tutors/recalculate-all.ts';
import { eraseTutor } from './erase-tutor.ts';
import { erase, previewErasure } from './erasure.ts';

let database: TestDatabase;
beforeEach(async () => {
  database = await createTestDatabase({ poolSize: 20 });
});
afterEach(() => database.drop());

const tutors = Array.from({ length: 6 }, () => randomUUID());

/** A moved session of a tutor. */
const post = (tutor_id: string, body: object) =>
  ingestSessions(database.db, [eventOf({ ...movedSession({ tutor_id }), ...body })]);

it('leaves nothing of a tutor behind while sessions come in and are scored, and takes nothing of others', async () => {
  const { db } = database;
  for (const tutor of tutors) await post(tutor, {});
  const erased = tutors.slice(0, 3);
  const over = new AbortController();
  const accepted = new Map<string, number>(tutors.map((tutor) => [tutor, 1]));
  const refused = new Set<string>();
  const keepPosting = async (tutor: string) => {
    while (!over.signal.aborted) {
      const [result] = await post(tutor, {});
      if (result?.outcome === 'created') accepted.set(tutor, (accepted.get(tutor) ?? 0) + 1);
      else refused.add(JSON.stringify(result));
    }
  };
  const score = async () => {
    while (!over.signal.aborted) {
      await workOff(db);
      await recalculateAll(db, databaseClock, () => {});
    }
  };
  const others = Promise.all([...tutors.map(keepPosting), score(), score()]);
  for (const tutor of erased) {
    const deleted = await erase(db, (tx) => eraseTutor(tx, tutor));
    expect(deleted).toMatchObject({ tutors: 1, tutor_scores: 1 });
  }
  over.abort();
  await others;
  await workOff(db);

  for (const result of refused) expect(result).toMatch(/^\{"details":\{"tutor_id":"(was erased|is unknown)/);
  const { erased_tutors, ...rows } = await allRows(db);
  expect(erased_tutors).toHaveLength(3);
  const text = JSON.stringify(rows);
  for (const tutor of erased) expect(text).not.toContain(tutor);
  const sessions = await db.selectFrom('sessions').select('tutor_id').execute();
  for (const tutor of tutors.slice(3))
    expect(sessions.filter(({ tutor_id }) => tutor_id === tutor)).toHaveLength(accepted.get(tutor) ?? 0);
  for (const { check, faults } of await verifyDatabase(db)) expect([check, faults]).toEqual([check, 0]);
});

it('is tried out without a trace', async () => {
  const { db } = database;
  const body = completedSession();
  await ingestSessions(db, [eventOf(body)]);
  const before = await allRows(db);
  expect(await previewErasure(db, (tx) => eraseTutor(tx, body.tutor_id))).toMatchObject({ sessions: 1, tutors: 1 });
  expect(await allRows(db)).toEqual(before);
});
