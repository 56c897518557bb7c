import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TESTER } from '../../test/actor.ts';
import { createTestDatabase, type TestDatabase } from '../../test/database.ts';
import { type Body, completedSession, movedSession } from '../../test/factories.ts';
import { eventOf } from '../../test/session-events.ts';
import { databaseClock } from '../database/clock.ts';
import { insertPrior } from '../evidence/prior-queries.ts';
import { isFlagged } from '../scoring/evidence.ts';
import { ingestSessions } from '../sessions/ingest-sessions.ts';
import { changeThreshold } from '../settings/change-threshold.ts';
import { rejudgeAll, rescoreTutors } from './rescore.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const START = new Date('2026-06-01T12:00:00Z');
const day = (days: number) => new Date(START.getTime() + days * DAY_MS);

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

/** So many moved and kept sessions of a tutor on a day of June, counted from the first. */
async function teach(tutor_id: string, days: number, moved: number, kept: number): Promise<void> {
  const session = { tutor_id, scheduled_time: day(days).toISOString() };
  const bodies: Body[] = [
    ...Array.from({ length: moved }, () => movedSession(session)),
    ...Array.from({ length: kept }, () => completedSession(session)),
  ];
  await ingestSessions(
    database.db,
    bodies.map((body) => eventOf(body)),
  );
}

const rescore = (tutor_id: string, at: Date) =>
  database.db.transaction().execute((tx) => rescoreTutors(tx, [tutor_id], () => Promise.resolve(at)));

const evidenceOf = async (tutor_id: string) =>
  database.db.selectFrom('tutor_scores').selectAll().where('tutor_id', '=', tutor_id).executeTakeFirstOrThrow();

const flagsOf = (tutor_id: string) =>
  database.db.selectFrom('risk_flags').selectAll().where('tutor_id', '=', tutor_id).orderBy('opened_at').execute();

describe('a flag', () => {
  it('opens once, with its cause, its probability and the score of that moment', async () => {
    const tutor = randomUUID();
    await teach(tutor, 0, 16, 24);
    await rescore(tutor, day(10));
    await rescore(tutor, day(11));
    const { risk_probability } = await evidenceOf(tutor);
    expect(risk_probability).toBeGreaterThan(0.99);
    expect(await flagsOf(tutor)).toMatchObject([
      {
        rule: 'evidence',
        level: 'confirmed',
        opened_at: day(10),
        closed_at: null,
        window_days: 90,
        sessions: 40,
        reschedules: 16,
        rate: 40,
        risk_threshold: 15,
        risk_probability,
        score: {
          7: { sessions: 0, reschedules: 0 },
          30: { sessions: 40, reschedules: 16 },
          90: { sessions: 40, reschedules: 16 },
        },
      },
    ]);
  });

  it('does not open on a few sessions, however high their rate', async () => {
    const tutor = randomUUID();
    await teach(tutor, 0, 3, 1);
    await rescore(tutor, day(1));
    expect(await evidenceOf(tutor)).toMatchObject({ is_high_risk: true, evidence: 'too_few' });
    expect(await flagsOf(tutor)).toEqual([]);
  });

  it('becomes confirmed, falls to watch, and closes, each with its reason', async () => {
    const tutor = randomUUID();
    await teach(tutor, 0, 8, 27);
    await rescore(tutor, day(1));
    await teach(tutor, 2, 8, 0);
    await rescore(tutor, day(3));
    await teach(tutor, 4, 0, 50);
    await rescore(tutor, day(5));
    await teach(tutor, 6, 0, 4);
    await rescore(tutor, day(7));
    await teach(tutor, 8, 0, 30);
    await rescore(tutor, day(9));
    const flags = await flagsOf(tutor);
    expect(flags.map(({ level, close_reason }) => `${level} ${close_reason}`)).toEqual([
      'watch became_confirmed',
      'confirmed became_watch',
      'watch more_kept_sessions',
    ]);
    for (const [index, flag] of flags.entries()) {
      expect(flag.closed_at).toEqual(flags[index + 1]?.opened_at ?? day(9));
    }
    expect(flags.at(-1)?.closed_probability).toBeLessThan(0.4);
  });

  it('stays while the probability is between where it opened and where it closes', async () => {
    const [sure, unsure] = [randomUUID(), randomUUID()];
    await teach(sure, 0, 16, 24);
    await rescore(sure, day(1));
    await teach(sure, 2, 0, 45);
    await teach(unsure, 2, 16, 69);
    await rescore(sure, day(3));
    await rescore(unsure, day(3));
    const [before, now] = [await evidenceOf(sure), await evidenceOf(unsure)];
    expect(before.risk_probability).toBe(now.risk_probability);
    expect([before.evidence, now.evidence]).toEqual(['confirmed', 'watch']);
  });

  it('closes when its moves have left the 90 days, and says so', async () => {
    const tutor = randomUUID();
    await teach(tutor, 0, 16, 0);
    await teach(tutor, 20, 0, 40);
    await rescore(tutor, day(21));
    await rescore(tutor, day(91));
    expect(await flagsOf(tutor)).toMatchObject([{ closed_at: day(91), close_reason: 'fewer_moves' }]);
  });

  it('closes when what is usual among tutors has changed', async () => {
    const tutor = randomUUID();
    await teach(tutor, 0, 6, 20);
    await rescore(tutor, day(1));
    const counts = { tutors: 1, sessions: 1, reschedules: 0 };
    await insertPrior(database.db, { basis: 'fitted', prior: { a: 8, b: 192 }, as_of: day(2), ...counts });
    await rescore(tutor, day(3));
    expect(await flagsOf(tutor)).toMatchObject([{ level: 'watch', close_reason: 'prior_changed' }]);
    const { version } = await database.db.selectFrom('rate_priors').select('version').executeTakeFirstOrThrow();
    expect(await evidenceOf(tutor)).toMatchObject({ prior_version: version });
    await database.db.updateTable('tutor_scores').set({ prior_version: null }).execute();
    await database.db.deleteFrom('rate_priors').execute();
  });

  it('follows a change of the threshold at once', async () => {
    const { db } = database;
    const tutor = randomUUID();
    await teach(tutor, 0, 16, 24);
    await rescore(tutor, day(1));
    await changeThreshold(db, databaseClock, 60, TESTER);
    expect(await evidenceOf(tutor)).toMatchObject({ evidence: 'clear', is_high_risk: false, risk_threshold: 60 });
    expect(await flagsOf(tutor)).toMatchObject([{ level: 'confirmed', close_reason: 'threshold_raised' }]);
    await changeThreshold(db, databaseClock, 15, TESTER);
    expect(await flagsOf(tutor)).toMatchObject([{}, { level: 'confirmed', closed_at: null }]);
  });

  it('remembers nothing of another threshold: who is confirmed does not depend on what was tried for a moment', async () => {
    const { db } = database;
    const tutor = randomUUID();
    await teach(tutor, 0, 8, 27);
    await rescore(tutor, day(1));
    expect(await evidenceOf(tutor)).toMatchObject({ evidence: 'watch' });
    for (const threshold of [5, 15]) await changeThreshold(db, databaseClock, threshold, TESTER);
    expect(await evidenceOf(tutor)).toMatchObject({ evidence: 'watch' });
  });

  it('is never opened for who moved nothing', async () => {
    const { db } = database;
    const tutor = randomUUID();
    await teach(tutor, 0, 0, 31);
    await rescore(tutor, day(1));
    await changeThreshold(db, databaseClock, 0, TESTER);
    expect(await evidenceOf(tutor)).toMatchObject({ evidence: 'clear', risk_probability: 1 });
    await changeThreshold(db, databaseClock, 15, TESTER);
  });

  it('is open for just those who are confirmed or on watch, whatever happened', async () => {
    const { db } = database;
    const tutors = Array.from({ length: 6 }, () => randomUUID());
    for (let step = 0; step < 60; step += 1) {
      const tutor = tutors[(step * 7) % tutors.length] ?? '';
      await teach(tutor, step, (step * 5) % 4, (step * 3) % 7);
      await rescore(tutor, day(step + 1));
      if (step % 20 === 19) await db.transaction().execute((tx) => rejudgeAll(tx, 10 + step / 20, day(step + 1)));
    }
    const open = await db
      .selectFrom('risk_flags')
      .select(['tutor_id', 'level'])
      .where('closed_at', 'is', null)
      .execute();
    const said = await db.selectFrom('tutor_scores').select(['tutor_id', 'evidence']).execute();
    const levels = new Map(open.map(({ tutor_id, level }) => [tutor_id, level]));
    expect(open.length).toBeGreaterThan(0);
    for (const { tutor_id, evidence } of said) {
      expect(levels.get(tutor_id)).toBe(isFlagged(evidence) ? evidence : undefined);
    }
  });
});
