import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../test/database.ts';
import { type Body, completedSession, hoursAgo, movedSession } from '../../test/factories.ts';
import { scoresOf, workOff } from '../../test/scores.ts';
import { eventOf, sessionEvents } from '../../test/session-events.ts';
import { countDisagreements } from '../synthetic/verify-queries.ts';
import { ingestSessions } from './ingest-sessions.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase({ poolSize: 12 });
});
afterAll(() => database.drop());

const ingest = (bodies: readonly Body[]) =>
  ingestSessions(
    database.db,
    bodies.map((body) => eventOf(body)),
  );

/** Everything that events decide, without ids that the database makes and without times of writing. */
async function storedRows(sessionIds: readonly string[], tutorIds: readonly string[]) {
  const { db } = database;
  const sessions = await db
    .selectFrom('sessions')
    .select(['id', 'tutor_id', 'student_id', 'scheduled_time', 'reported_time', 'completed_time', 'status'])
    .select(['duration_minutes', 'occurred_at', 'reschedule_occurred_at', 'reschedule_heard_at'])
    .where('id', 'in', sessionIds)
    .orderBy('id')
    .execute();
  const reschedules = await db
    .selectFrom('reschedules')
    .select(['session_id', 'tutor_id', 'initiator', 'original_time', 'new_time', 'reason', 'cancelled_at'])
    .select(['hours_before_session'])
    .where('session_id', 'in', sessionIds)
    .orderBy('session_id')
    .execute();
  const tutors = await db
    .selectFrom('tutors')
    .select(['id', 'name', 'email', 'occurred_at'])
    .where('id', 'in', tutorIds)
    .orderBy('id')
    .execute();
  return { sessions, reschedules, tutors, scores: await scoresOf(db, tutorIds) };
}

describe('any order', () => {
  it('stores the same rows and scores whatever the order, the grouping, the repetition and the concurrency', async () => {
    const count = { sessions: 4, tutors: 3 };
    const indices = sessionEvents({ sessions: ['0', '1', '2', '3'], tutors: ['0', '1', '2'] }, 12);
    const run = indices.chain((bodies) =>
      fc.record({
        bodies: fc.constant(bodies),
        order: fc.shuffledSubarray(bodies, { minLength: bodies.length }),
        repeated: fc.subarray(bodies),
        cut: fc.integer({ min: 1, max: 4 }),
      }),
    );
    await fc.assert(
      fc.asyncProperty(run, async ({ bodies, order, repeated, cut }) => {
        // In order, since ids take part in the rule for equal times.
        const ids = (length: number) => Array.from({ length }, () => randomUUID()).toSorted();
        const world = () => ({ sessions: ids(count.sessions), tutors: ids(count.tutors) });
        const [one, other] = [world(), world()];
        const inWorld = ({ sessions, tutors }: typeof one, body: Body): Body => ({
          ...body,
          session_id: sessions[Number(body.session_id)] ?? '',
          tutor_id: tutors[Number(body.tutor_id)] ?? '',
        });
        for (const body of bodies) await ingest([inWorld(one, body)]);
        const shuffled = [...order, ...repeated].map((body) => inWorld(other, body));
        const groups = Array.from({ length: cut }, (_, index) => shuffled.filter((__, at) => at % cut === index));
        await Promise.all(groups.map(ingest));
        await workOff(database.db);

        const anonymous = async (inhabited: typeof one) => {
          const text = JSON.stringify(await storedRows(inhabited.sessions, inhabited.tutors));
          const names = [...inhabited.sessions, ...inhabited.tutors];
          return sorted(JSON.parse(names.reduce((result, id, index) => result.replaceAll(id, `#${index}`), text)));
        };
        expect(await anonymous(other)).toEqual(await anonymous(one));
        expect(await countDisagreements(database.db)).toBe(0);
      }),
      { numRuns: 60 },
    );
  });
});

/** Random ids stand in another order in each world. */
function sorted(rows: Record<string, object[]>): Record<string, string[]> {
  return Object.fromEntries(
    Object.entries(rows).map(([table, list]) => [table, list.map((row) => JSON.stringify(row)).toSorted()]),
  );
}

describe('a group', () => {
  it('lets an event that the database refuses fail alone', async () => {
    const { db } = database;
    const bad = completedSession({ student_id: 'refused' });
    const good = Array.from({ length: 20 }, () => completedSession());
    await sql`alter table sessions add constraint no_such_student check (student_id <> 'refused')`.execute(db);
    const results = await ingest([...good.slice(0, 7), bad, ...good.slice(7)]);
    await sql`alter table sessions drop constraint no_such_student`.execute(db);

    expect(results.map(({ outcome }) => outcome ?? 'failed')).toEqual([
      ...Array(7).fill('created'),
      'failed',
      ...Array(13).fill('created'),
    ]);
    expect(results[7]?.bug).toBeInstanceOf(Error);
    const stored = await db.selectFrom('tutors').select('id').where('id', '=', bad.tutor_id).execute();
    expect(stored).toEqual([]);
  });

  it('stores one tutor when many groups bring the same new one at once', async () => {
    const tutor_id = randomUUID();
    const groups = Array.from({ length: 12 }, () => [completedSession({ tutor_id }), completedSession({ tutor_id })]);
    const results = (await Promise.all(groups.map(ingest))).flat();
    expect(results).toEqual(Array.from({ length: 24 }, () => ({ outcome: 'created' })));
  });

  it('gives an email to one of two tutors that claim it at once', async () => {
    const tutor = { name: 'A', email: `${randomUUID()}@tutors.example` };
    const results = (
      await Promise.all([completedSession({ tutor }), completedSession({ tutor })].map((body) => ingest([body])))
    ).flat();
    const outcomes = results.map(({ outcome, details }) => outcome ?? Object.keys(details ?? {})[0]);
    expect(outcomes.toSorted()).toEqual(['created', 'tutor.email']);
  });

  it('repeats an event whose email is another tutor’s by now', async () => {
    const [x, y] = [`${randomUUID()}@x.example`, `${randomUUID()}@x.example`];
    const first = completedSession({ tutor: { name: 'A', email: x }, occurred_at: hoursAgo(5) });
    const moved = { ...first, tutor: { name: 'A', email: y }, occurred_at: hoursAgo(4) };
    const taken = completedSession({ tutor: { name: 'B', email: x }, occurred_at: hoursAgo(3) });
    const late = completedSession({ ...first, session_id: randomUUID() });
    const results = [];
    for (const body of [first, moved, taken, first, late]) results.push(...(await ingest([body])));
    expect(results.map(({ outcome }) => outcome)).toEqual(['created', 'updated', 'created', 'stale', 'created']);
  });

  it('ends well when groups name the same sessions in opposite orders at once', async () => {
    const bodies = Array.from({ length: 30 }, () => movedSession());
    await ingest(bodies);
    const corrected = bodies.map((body) => ({ ...body, status: 'no_show' as const }));
    const results = await Promise.all([ingest(corrected), ingest(corrected.toReversed()), ingest(bodies)]);
    expect(results.flat().every(({ outcome }) => outcome !== undefined)).toBe(true);
  });
});

describe('reports', () => {
  it.each([
    ['a session of yesterday', hoursAgo(24), true],
    ['a session still to come', hoursAgo(-24), true],
    ['a session of three days ago', hoursAgo(72), false],
  ])('are made for %s (%s): %s', async (_what, scheduled_time, isMade) => {
    const body = movedSession({ scheduled_time });
    await ingest([body]);
    await workOff(database.db);
    const reports = await database.db
      .selectFrom('email_reports')
      .select('id')
      .where('session_id', '=', body.session_id)
      .execute();
    expect(reports).toHaveLength(isMade ? 1 : 0);
  });
});
