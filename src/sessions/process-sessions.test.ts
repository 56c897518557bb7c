import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../test/database.ts';
import { type Body, completedSession, movedSession } from '../../test/factories.ts';
import { holdTable, untilBlocked } from '../../test/locks.ts';
import { ingestAt, processAt } from '../../test/reports.ts';
import { messageOf } from '../errors.ts';
import { verifyDatabase } from '../synthetic/verify.ts';
import { findLostWork } from '../tutors/work-list-queries.ts';

let database: TestDatabase;
beforeEach(async () => {
  database = await createTestDatabase({ poolSize: 12 });
});
afterEach(() => database.drop());

const waiting = async () => {
  const rows = await database.db.selectFrom('tutors_to_rescore').selectAll().execute();
  return new Map(rows.map((row) => [row.tutor_id, row]));
};
const scoreOf = (tutor_id: string) =>
  database.db.selectFrom('tutor_scores').selectAll().where('tutor_id', '=', tutor_id).executeTakeFirstOrThrow();
const undecided = async () =>
  (await database.db.selectFrom('sessions').select('id').where('reports_decided_at', 'is', null).execute()).length;
const reportedSessions = async () => {
  const rows = await database.db.selectFrom('email_reports').select('session_id').execute();
  return rows.map(({ session_id }) => session_id).toSorted();
};
const faults = async () => (await verifyDatabase(database.db)).filter((check) => check.faults > 0);
const idsOf = (bodies: readonly Body[]) => bodies.map(({ session_id }) => session_id).toSorted();
const movedSessions = (count: number, overrides: Partial<Body> = {}) =>
  Array.from({ length: count }, () => movedSession(overrides));

/** From now on the database refuses what a trigger on `table` finds to be true. */
const refuse = async (table: string, event: string, condition: string) => {
  await sql`
    create function refuse() returns trigger language plpgsql as $$
    begin raise exception 'refused for the test'; end $$
  `.execute(database.db);
  await sql`
    create trigger refuse before ${sql.raw(event)} on ${sql.table(table)} for each row
      when (${sql.raw(condition)}) execute function refuse()
  `.execute(database.db);
};

describe('the work of a batch', () => {
  test('is scores, flags and reports, and takes the tutors off the list', async () => {
    const bodies = movedSessions(3);
    await ingestAt(database.db, bodies);
    expect([...(await waiting()).keys()].toSorted()).toEqual(bodies.map(({ tutor_id }) => tutor_id).toSorted());
    const since = Array.from((await waiting()).values(), (mark) => mark.since);
    const made: string[] = [];
    const scored: Date[] = [];
    await processAt(database.db, new Date(), {
      reportsMade: (ids) => made.push(...ids),
      scored: (waitingSince) => scored.push(...waitingSince),
    });
    expect(scored).toEqual(since);
    expect(await waiting()).toEqual(new Map());
    for (const { tutor_id } of bodies) {
      expect(await scoreOf(tutor_id)).toMatchObject({
        total_sessions_7d: 1,
        tutor_reschedules_7d: 1,
        is_high_risk: true,
      });
    }
    expect(await reportedSessions()).toEqual(idsOf(bodies));
    expect(made).toHaveLength(3);
    const [busy] = bodies;
    await ingestAt(database.db, movedSessions(20, { tutor_id: busy?.tutor_id ?? '' }));
    await processAt(database.db);
    expect(await database.db.selectFrom('risk_flags').select(['tutor_id', 'level']).execute()).toEqual([
      { tutor_id: busy?.tutor_id, level: 'confirmed' },
    ]);
    expect([await undecided(), await faults()]).toEqual([0, []]);
  });

  test('goes on until nothing waits, however much a single tutor brought', async () => {
    const tutor_id = randomUUID();
    await ingestAt(database.db, movedSessions(1_000, { tutor_id }));
    await ingestAt(database.db, movedSessions(201, { tutor_id }));
    await processAt(database.db);
    expect([await undecided(), (await waiting()).size]).toEqual([0, 0]);
    expect(await reportedSessions()).toHaveLength(1_201);
  });

  test('is shared by several workers, each tutor and session once', async () => {
    const bodies = movedSessions(450);
    await ingestAt(database.db, bodies);
    const made: string[] = [];
    const work = () => processAt(database.db, new Date(), { reportsMade: (ids) => made.push(...ids) });
    await Promise.all([work(), work(), work()]);
    expect([await undecided(), (await waiting()).size, await faults()]).toEqual([0, 0, []]);
    expect(await reportedSessions()).toEqual(idsOf(bodies));
    expect(new Set(made).size).toBe(450);
    expect(made).toHaveLength(450);
  });
});

describe('a tutor whose work fails', () => {
  test('is set aside with its error; the others go on', async () => {
    const bodies = movedSessions(21);
    const bad = bodies[7]?.tutor_id ?? '';
    await ingestAt(database.db, bodies);
    await refuse('tutor_scores', 'update', `new.tutor_id = '${bad}'`);
    const failed: string[] = [];
    const tutorFailed = (tutor_id: string) => void failed.push(tutor_id);
    await processAt(database.db, new Date(), { tutorFailed });

    expect(failed).toEqual([bad]);
    expect([...(await waiting()).keys()]).toEqual([bad]);
    expect((await waiting()).get(bad)).toMatchObject({ attempts: 1, error: 'refused for the test' });
    expect(await reportedSessions()).toEqual(idsOf(bodies.filter(({ tutor_id }) => tutor_id !== bad)));
    expect(await scoreOf(bad)).toMatchObject({ total_sessions_7d: 0 });
    expect(await undecided()).toBe(1);
  });

  test('is tried again after 1, 2, 4 … minutes, not before, and is whole when it succeeds', async () => {
    const body = movedSession();
    await ingestAt(database.db, [body]);
    await refuse('tutor_scores', 'update', 'true');
    const failed: string[] = [];
    const tutorFailed = (tutor_id: string) => void failed.push(tutor_id);
    let now = new Date();
    for (const minutes of [1, 2, 4]) {
      const before = Date.now();
      await processAt(database.db, now, { tutorFailed });
      const retry = (await waiting()).get(body.tutor_id)?.retry_at ?? new Date(0);
      expect(Math.round((retry.getTime() - before) / 60_000)).toBe(minutes);
      await processAt(database.db, new Date(retry.getTime() - 1), { tutorFailed });
      now = new Date(retry.getTime() + 1);
    }
    expect(failed).toHaveLength(3);

    await sql`drop trigger refuse on tutor_scores`.execute(database.db);
    await processAt(database.db, now, { tutorFailed });
    expect([await undecided(), (await waiting()).size, await faults()]).toEqual([0, 0, []]);
    expect(await reportedSessions()).toEqual([body.session_id]);
  });

  test('keeps back one session, not the score and the other sessions', async () => {
    const tutor_id = randomUUID();
    const bodies = movedSessions(4, { tutor_id });
    const bad = bodies[2]?.session_id ?? '';
    await ingestAt(database.db, bodies);
    await refuse('email_reports', 'insert', `new.session_id = '${bad}'`);
    await processAt(database.db, new Date(), { tutorFailed: () => {} });
    expect(await scoreOf(tutor_id)).toMatchObject({ total_sessions_7d: 4 });
    expect(await reportedSessions()).toEqual(idsOf(bodies.filter(({ session_id }) => session_id !== bad)));
    expect((await waiting()).get(tutor_id)).toMatchObject({ attempts: 1, error: 'refused for the test' });

    await sql`drop trigger refuse on email_reports`.execute(database.db);
    await processAt(database.db, new Date(Date.now() + 61_000));
    expect(await reportedSessions()).toEqual(idsOf(bodies));
    expect([await undecided(), (await waiting()).size, await faults()]).toEqual([0, 0, []]);
  });

  test('has no report without the decision, however late the statement that fails', async () => {
    const body = movedSession();
    await ingestAt(database.db, [body]);
    await refuse('sessions', 'update', 'new.reports_decided_at is not null');
    await processAt(database.db, new Date(), { tutorFailed: () => {} });
    expect(await reportedSessions()).toEqual([]);
    expect([await undecided(), (await waiting()).size, await faults()]).toEqual([1, 1, []]);
  });
});

describe('what happens while a tutor is scored', () => {
  test.each([
    ['a new session', (old: Body) => completedSession({ tutor_id: old.tutor_id, tutor: { name: 'New Name' } }), [3, 2]],
    ['a correction', (old: Body): Body => ({ ...old, status: 'no_show', reschedule_info: null }), [2, 1]],
  ])('%s of the same tutor is taken at once, and not lost', async (_, event, [sessions, moves]) => {
    const old = movedSession();
    const { tutor_id } = old;
    await ingestAt(database.db, [old]);
    await processAt(database.db);
    await ingestAt(database.db, [movedSession({ tutor_id })]);
    const held = await holdTable(database.db, 'email_reports');
    const processing = processAt(database.db);
    await untilBlocked(database.db);

    await ingestAt(database.db, [event(old)]);
    await held.release();
    await processing;
    expect([await undecided(), (await waiting()).size, await faults()]).toEqual([0, 0, []]);
    expect(await scoreOf(tutor_id)).toMatchObject({ total_sessions_7d: sessions, tutor_reschedules_7d: moves });
  });

  test('a correction of the very session in hand comes right after it', async () => {
    const body = movedSession();
    await ingestAt(database.db, [body]);
    const held = await holdTable(database.db, 'email_reports');
    const processing = processAt(database.db);
    await untilBlocked(database.db);
    const corrected = ingestAt(database.db, [{ ...body, status: 'no_show', reschedule_info: null }]);
    await untilBlocked(database.db, 2);
    await held.release();
    await Promise.all([processing, corrected]);
    await processAt(database.db);
    expect(await scoreOf(body.tutor_id)).toMatchObject({ total_sessions_7d: 1, tutor_reschedules_7d: 0 });
    expect([await undecided(), (await waiting()).size, await faults()]).toEqual([0, 0, []]);
    expect(await reportedSessions()).toEqual([body.session_id]);
  });

  test('a lost connection leaves nothing half done, and the next run does it all', async () => {
    const bodies = movedSessions(5);
    await ingestAt(database.db, bodies);
    const held = await holdTable(database.db, 'email_reports');
    const processing = processAt(database.db);
    const [pid] = await untilBlocked(database.db);
    const lost = processing.catch(messageOf);
    await sql`select pg_terminate_backend(${pid})`.execute(database.db);
    expect(await lost).toMatch(/terminat/);
    await held.release();
    expect([await undecided(), (await waiting()).size, await reportedSessions()]).toEqual([5, 5, []]);

    await processAt(database.db);
    expect([await undecided(), (await waiting()).size, await faults()]).toEqual([0, 0, []]);
    expect(await reportedSessions()).toEqual(idsOf(bodies));
  });
});

describe('lost work', () => {
  test('is found again: sessions undecided whose tutor stands on no list, tutors without a score', async () => {
    const bodies = movedSessions(3);
    await ingestAt(database.db, bodies);
    await sql`delete from tutors_to_rescore where tutor_id = ${bodies[0]?.tutor_id}`.execute(database.db);
    await sql`delete from tutor_scores where tutor_id = ${bodies[1]?.tutor_id}`.execute(database.db);
    await processAt(database.db);
    expect(await undecided()).toBe(2);

    await findLostWork(database.db);
    await processAt(database.db);
    expect([await undecided(), (await waiting()).size, await faults()]).toEqual([0, 0, []]);
    expect(await reportedSessions()).toEqual(idsOf(bodies));
  });

  test('is not what is done', async () => {
    await ingestAt(database.db, movedSessions(3));
    await processAt(database.db);
    await findLostWork(database.db);
    expect(await waiting()).toEqual(new Map());
  });
});
