import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../test/database.ts';
import { type Body, completedSession, movedSession } from '../../test/factories.ts';
import { ingestAt, processAt } from '../../test/reports.ts';

const HOUR_MS = 60 * 60 * 1000;
const now = new Date('2024-03-10T12:00:00Z');
const ago = (hours: number, extraMs = 0) => new Date(now.getTime() - hours * HOUR_MS - extraMs).toISOString();
const occurred_at = ago(100);

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const recipientsOf = async ({ session_id }: Body): Promise<string[]> => {
  const rows = await database.db
    .selectFrom('email_reports')
    .select('recipient_email')
    .where('session_id', '=', session_id)
    .orderBy('recipient_email')
    .execute();
  return rows.map(({ recipient_email }) => recipient_email);
};
const isDecided = async ({ session_id }: Body) => {
  const session = await database.db
    .selectFrom('sessions')
    .select('reports_decided_at')
    .where('id', '=', session_id)
    .executeTakeFirstOrThrow();
  return session.reports_decided_at !== null;
};
const held = (scheduled_time: string, completed_time: string) => completedSession({ scheduled_time, completed_time });
const missed = (scheduled_time: string): Body => {
  const { completed_time: _, ...body } = completedSession({ scheduled_time });
  return { ...body, status: 'no_show' };
};

describe('whether a session gets reports', () => {
  test.each([
    ['held an hour ago', held(ago(2), ago(1)), true],
    ['that ended 48 h ago to the second', held(ago(60), ago(48)), true],
    ['that ended a second more than 48 h ago', held(ago(48.5), ago(48, 1000)), false],
    ['that nobody came to 48 h ago', missed(ago(48)), true],
    ['that nobody came to a second before that', missed(ago(48, 1000)), false],
    ['moved, which should have begun a week ago', movedSession({ scheduled_time: ago(168) }), false],
    ['moved, which is still to come', movedSession({ scheduled_time: ago(-24 * 300) }), true],
    ['of last year', held(ago(9_000), ago(8_999)), false],
  ])('a session %s: %s', async (_, body, isReported) => {
    await ingestAt(database.db, [body], now);
    // An old session is decided as it comes in: it never waits for a worker.
    expect(await isDecided(body)).toBe(!isReported);
    await processAt(database.db, now);
    expect(await recipientsOf(body)).toEqual(isReported ? ['admin@tutors.example'] : []);
    expect(await isDecided(body)).toBe(true);
  });

  test('is one a recipient, and later recipients get none of what was decided before', async () => {
    const before = movedSession({ scheduled_time: ago(5) });
    await ingestAt(database.db, [before], now);
    await processAt(database.db, now, { recipients: ['a@tutors.example', 'b@tutors.example'] });
    expect(await recipientsOf(before)).toEqual(['a@tutors.example', 'b@tutors.example']);

    const all = ['a@tutors.example', 'b@tutors.example', 'c@tutors.example'];
    const after = movedSession({ scheduled_time: ago(5), tutor_id: before.tutor_id });
    await ingestAt(database.db, [after, { ...before, student_id: 's-corrected' }], now);
    await processAt(database.db, now, { recipients: all });
    expect(await recipientsOf(after)).toEqual(all);
    expect(await recipientsOf(before)).toEqual(['a@tutors.example', 'b@tutors.example']);
  });

  test('does not change with corrections: not of one that was reported, and not of one that came too late', async () => {
    const reported = movedSession({ scheduled_time: ago(5), occurred_at });
    const tooLate = missed(ago(72));
    await ingestAt(database.db, [reported, { ...tooLate, occurred_at }], now);
    await processAt(database.db, now);

    const corrected = [
      { ...reported, reschedule_info: null, status: 'no_show', occurred_at: ago(1) },
      { ...tooLate, status: 'completed', completed_time: ago(1), occurred_at: ago(1) },
    ] satisfies Body[];
    await ingestAt(database.db, corrected, now);
    await processAt(database.db, now);
    expect(await recipientsOf(reported)).toEqual(['admin@tutors.example']);
    expect(await recipientsOf(tooLate)).toEqual([]);
  });

  test('is decided by the first event of a session, although a later one comes in the same group', async () => {
    const old = { ...missed(ago(72)), occurred_at };
    const late: Body = { ...old, status: 'completed', completed_time: ago(1), occurred_at: ago(1) };
    await ingestAt(database.db, [old, late], now);
    await processAt(database.db, now);
    expect(await recipientsOf(old)).toEqual([]);
  });

  test('is no question without recipients', async () => {
    const body = movedSession({ scheduled_time: ago(5) });
    await ingestAt(database.db, [body], now);
    await processAt(database.db, now, { recipients: [] });
    expect([await recipientsOf(body), await isDecided(body)]).toEqual([[], true]);
  });
});
