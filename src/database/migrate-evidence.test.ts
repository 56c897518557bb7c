import { sql } from 'kysely';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createTestDatabase } from '../../test/database.ts';
import { fillEveryTable, OTHER_TUTOR, TUTOR } from '../../test/every-table.ts';
import type { Db } from './connection.ts';
import { migrateDown, migrateUp } from './migrate.ts';

describe('the migration to evidence', () => {
  /** Takes it back, and what came after it. */
  const downToIt = async (db: Db) => {
    for (let done = ['']; !done.includes('down 0005-evidence'); ) done = await migrateDown(db);
  };

  /** A database as it was before, with a closed flag of one tutor and open ones of both. */
  async function databaseBefore() {
    const { db, drop } = await createTestDatabase({ empty: true });
    onTestFinished(drop);
    await migrateUp(db);
    await fillEveryTable(db);
    await downToIt(db);
    await sql`delete from tutors_to_rescore`.execute(db);
    await sql`insert into tutor_scores (tutor_id) values (${OTHER_TUTOR})`.execute(db);
    await sql`
      insert into risk_flags (tutor_id, opened_at, rule, window_days, sessions, reschedules, risk_threshold)
      values (${TUTOR}, '2024-01-16T00:00:00Z', 'any_window_above_threshold', 90, 84, 20, 15),
             (${OTHER_TUTOR}, now() + interval '1 hour', 'any_window_above_threshold', 7, 2, 1, 15)
    `.execute(db);
    return db;
  }

  const flagsOf = async (db: Db, tutorId: string) =>
    db
      .selectFrom('risk_flags')
      .select(['opened_at', 'closed_at', 'close_reason'])
      .where('tutor_id', '=', tutorId)
      .orderBy('opened_at')
      .execute();

  /** All that the table holds, whatever its columns are. */
  const allFlags = async (db: Db) =>
    (await sql`select * from risk_flags order by tutor_id, opened_at`.execute(db)).rows;

  it('closes the open flags of the literal rule, since another took its place', async () => {
    const db = await databaseBefore();
    const [closed] = await flagsOf(db, TUTOR);
    await migrateUp(db);

    const flags = await flagsOf(db, TUTOR);
    expect(flags).toEqual([
      closed,
      { opened_at: new Date('2024-01-16T00:00:00Z'), closed_at: expect.any(Date), close_reason: 'rule_replaced' },
    ]);
    const [ahead] = await flagsOf(db, OTHER_TUTOR);
    expect(ahead).toMatchObject({ closed_at: ahead?.opened_at, close_reason: 'rule_replaced' });
  });

  it('says nothing of anybody yet, and has all weighed', async () => {
    const db = await databaseBefore();
    await migrateUp(db);
    const scores = await db.selectFrom('tutor_scores').select(['evidence', 'risk_probability']).execute();
    expect(scores).toEqual([
      { evidence: 'too_few', risk_probability: null },
      { evidence: 'too_few', risk_probability: null },
    ]);
    const waiting = await db.selectFrom('tutors_to_rescore').select('tutor_id').orderBy('tutor_id').execute();
    expect(waiting).toEqual([{ tutor_id: TUTOR }, { tutor_id: OTHER_TUTOR }]);
  });

  it('taken back, has the same flags open as before it, none of evidence, and all judged anew', async () => {
    const db = await databaseBefore();
    const before = await allFlags(db);
    await migrateUp(db);
    await sql`delete from tutors_to_rescore`.execute(db);
    await sql`
      insert into risk_flags (tutor_id, opened_at, closed_at, rule, level, window_days, sessions, reschedules,
                              risk_threshold, risk_probability, score, close_reason, closed_probability)
      values (${TUTOR}, now(), now(), 'evidence', 'confirmed', 90, 84, 20, 15, 0.91, '{}', 'fewer_moves', 0.3),
             (${TUTOR}, now(), null, 'evidence', 'watch', 90, 84, 18, 15, 0.8, '{}', null, null)
    `.execute(db);
    await downToIt(db);
    expect(await allFlags(db)).toEqual(before);
    expect(await db.selectFrom('tutors_to_rescore').select('tutor_id').execute()).toHaveLength(2);
  });
});
