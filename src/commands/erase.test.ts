import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { describe, expect, it, onTestFinished } from 'vitest';
import { allRows, countOf } from '../../test/all-rows.ts';
import { createTestApp } from '../../test/app.ts';
import { auditRows } from '../../test/audit.ts';
import { createTestDatabase, type TestDatabase } from '../../test/database.ts';
import { fillEveryTable, OTHER_TUTOR, TUTOR } from '../../test/every-table.ts';
import { type Body, completedSession, movedSession } from '../../test/factories.ts';
import { programs } from '../../test/processes.ts';
import { sampleFacts } from '../../test/sample-reports.ts';
import { workOff } from '../../test/scores.ts';
import { eventOf } from '../../test/session-events.ts';
import type { Db } from '../database/connection.ts';
import { TABLES } from '../database/schema/tables.ts';
import { ingestSessions } from '../sessions/ingest-sessions.ts';
import { verifyDatabase } from '../synthetic/verify.ts';

const STUDENT = 'Anna (Müller) 7+';
const OCCURRED = '2026-01-02T03:04:05.678901Z';

const { run } = programs();

async function newDatabase(): Promise<TestDatabase> {
  const database = await createTestDatabase();
  onTestFinished(() => database.drop());
  return database;
}

const call = ({ connectionString }: Pick<TestDatabase, 'connectionString'>, args: string[], input = '') =>
  run(args, { LOG_LEVEL: 'warn', DATABASE_URL: connectionString }, input);

const ingest = (db: Db, ...bodies: Body[]) =>
  ingestSessions(
    db,
    bodies.map((body) => eventOf(body)),
  );

/** All that is stored, as one text. */
const allText = async (db: Db) => JSON.stringify(await allRows(db));

describe('erasing a student', () => {
  const moved = movedSession({
    student_id: STUDENT,
    reschedule_info: { initiator: 'tutor', reason: 'Anna is ill', reason_code: 'illness', new_time: null },
    occurred_at: OCCURRED,
  });
  const other = completedSession({ tutor_id: moved.tutor_id, student_id: `${STUDENT}8` });

  async function reported(): Promise<TestDatabase> {
    const database = await newDatabase();
    const { db } = database;
    await ingest(db, moved, other, completedSession({ student_id: STUDENT }));
    await workOff(db);
    // A report about another student whose sentences speak of this one.
    const { insights } = sampleFacts();
    const observations = [`Student ${STUDENT}: 5 of 6 moves.`, `Student ${STUDENT}8: 1 of 6 moves.`];
    await sql`
      update email_reports
         set facts = jsonb_set(facts, '{insights}', ${JSON.stringify({ ...insights, observations })}::jsonb)
       where session_id = ${other.session_id}
    `.execute(db);
    return database;
  }

  it('leaves sessions that count, and nothing that says whose they were', async () => {
    const database = await reported();
    const { db } = database;
    const scores = await db.selectFrom('tutor_scores').selectAll().orderBy('id').execute();
    const { code, stdout, stderr } = await call(database, ['erase-student', STUDENT, '--yes']);
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout:
        'sessions: 2 rows without the student\nreschedules: 1 rows without the student\nemail_reports: 3 rows without the student\n',
    });
    expect(stderr).toContain('Nothing names them any more');

    const text = await allText(db);
    expect(text.split(`${STUDENT}8`).join('')).not.toContain(STUDENT);
    expect(text).not.toContain('Anna is ill');
    const students = await db.selectFrom('sessions').select('student_id').distinct().execute();
    const [pseudonym] = students.map(({ student_id }) => student_id).filter((id) => id.startsWith('erased-'));
    expect(students).toHaveLength(2);
    expect(text).toContain(`Student ${pseudonym}: 5 of 6 moves.`);
    expect(text).toContain(`Student ${STUDENT}8: 1 of 6 moves.`);
    expect(text).toContain('illness');
    expect(await db.selectFrom('tutor_scores').selectAll().orderBy('id').execute()).toEqual(scores);
    for (const { check, faults } of await verifyDatabase(db)) expect([check, faults]).toEqual([check, 0]);
    expect(
      (await auditRows(db)).map(({ action, subject_kind, subject_id }) => [action, subject_kind, subject_id]),
    ).toEqual([['erased', 'student', null]]);
  });

  it('holds when the same event comes once more', async () => {
    const database = await reported();
    await call(database, ['erase-student', STUDENT, '--yes']);
    const before = await allText(database.db);
    expect(await ingest(database.db, moved)).toEqual([{ outcome: 'stale' }]);
    expect(await allText(database.db)).toBe(before);
  });

  it('says where a name is left in words that it does not change, and does not take a part of a word for it', async () => {
    const database = await newDatabase();
    await ingest(
      database.db,
      completedSession({ student_id: 's-1' }),
      movedSession({ student_id: 's-2', reschedule_info: { initiator: 'student', reason: 'swapped with s-1, s-12' } }),
      movedSession({ student_id: 's-12', reschedule_info: { initiator: 'student', reason: 's-1-b' } }),
    );
    const { code, stdout } = await call(database, ['erase-student', 's-1', '--yes']);
    expect({ code, stdout }).toEqual({ code: 1, stdout: expect.stringContaining('LEFT reschedules.reason: 1\n') });
    expect(stdout.match(/LEFT/g)).toHaveLength(1);
  });

  it('takes a short number for a student only where it stands alone', async () => {
    const database = await newDatabase();
    await ingest(
      database.db,
      completedSession({ student_id: '7' }),
      movedSession({ reschedule_info: { initiator: 'tutor', reason: 'not before 7 in the morning' } }),
    );
    await workOff(database.db);
    expect(await call(database, ['erase-student', '7', '--yes'])).toMatchObject({ code: 0 });
  });
});

describe('erasing a tutor', () => {
  it('leaves no row of it in any table, and those of others as they were', async () => {
    const database = await newDatabase();
    const { db } = database;
    await fillEveryTable(db);
    await db.deleteFrom('users').execute();
    const kept = completedSession({ tutor: { name: 'Grace Hopper' } });
    await ingest(db, kept);
    const before = await allRows(db);
    const { code, stdout, stderr } = await call(database, ['erase-tutor', TUTOR, '--yes']);
    expect({ code, stderr }).toMatchObject({ code: 0, stderr: expect.stringContaining('Nothing names them any more') });
    expect(stdout).toContain('sessions: 2 rows deleted\n');
    expect(stdout).toContain('risk_flags: 2 rows deleted\n');
    expect(stdout).toContain('email_reports: 1 rows deleted\n');

    const others = (rows: unknown[]) => rows.filter((row) => !JSON.stringify(row).match(new RegExp(TUTOR)));
    const after = await allRows(db);
    for (const table of TABLES.filter((name) => !['email_reports', 'erased_tutors', 'audit_log'].includes(name)))
      expect([table, after[table]]).toEqual([table, others(before[table] ?? [])]);
    expect(await allText(db)).not.toMatch(/Maria Lopez|maria@example/);
    expect(await countOf(db, 'email_reports')).toBe(0);
    expect(after['tutors']).toHaveLength(2);
    expect(JSON.stringify(after['erased_tutors'])).toContain(TUTOR);
    expect(stderr).toContain('The bare id stays in audit_log.subject_id and erased_tutors.tutor_id, on purpose.');
    expect(after['audit_log']?.at(-1)).toMatchObject({
      row: { action: 'erased', subject_kind: 'tutor', subject_id: TUTOR, details: { sessions: 2, email_reports: 1 } },
    });
  });

  it('says where somebody else is called so', async () => {
    const database = await newDatabase();
    await fillEveryTable(database.db);
    const { code, stdout } = await call(database, ['erase-tutor', TUTOR, '--yes']);
    expect(code).toBe(1);
    expect(stdout).toContain('LEFT users.email: 1\nLEFT users.name: 1\n');
  });

  it('asks first, and does nothing without a yes', async () => {
    const database = await newDatabase();
    await fillEveryTable(database.db);
    const before = await allText(database.db);
    for (const answer of ['', 'no\n', 'y\n']) {
      const { code, stderr } = await call(database, ['erase-tutor', TUTOR], answer);
      expect([code, await allText(database.db)]).toEqual([1, before]);
      expect(stderr).toContain('(Maria Lopez): 1 email_reports, 2 sessions, 1 reschedules,');
      expect(stderr).toContain('Nothing was erased.');
    }
    const { stdout } = await call(database, ['erase-tutor', TUTOR], 'yes\n');
    expect(stdout).toContain('tutors: 1 rows deleted\n');
    expect(await countOf(database.db, 'tutors')).toBe(1);
  });

  it('holds against events and a roster that come late, until it is told otherwise', async () => {
    const app = await createTestApp();
    onTestFinished(() => app.close());
    const [body, other] = [completedSession(), completedSession()];
    const post = async (...sessions: Body[]) =>
      (await app.send({ method: 'POST', url: '/api/sessions/batch', payload: { sessions } })).json().results;
    const put = () =>
      app.send({ method: 'PUT', url: `/api/tutors/${body.tutor_id}`, payload: { name: 'Maria Lopez' } });
    await post(body);
    expect((await call(app, ['erase-tutor', body.tutor_id, '--yes'])).code).toBe(0);

    expect(await post(body, other, { ...body, session_id: randomUUID(), tutor: null })).toMatchObject([
      { details: { tutor_id: 'was erased' } },
      { outcome: 'created' },
      { details: { tutor_id: 'was erased' } },
    ]);
    const refused = await put();
    expect([refused.statusCode, refused.json().details]).toEqual([409, { id: 'was erased' }]);
    expect(await countOf(app.db, 'tutors')).toBe(1);

    const letBack = ['erase-tutor', body.tutor_id, '--let-back'];
    expect(await call(app, letBack)).toMatchObject({ code: 0, stderr: expect.stringContaining('is taken again') });
    expect(await call(app, letBack)).toMatchObject({ code: 1 });
    expect(await post(body)).toMatchObject([{ outcome: 'created' }]);
    expect((await put()).statusCode).toBe(200);
  });

  it('says when nothing is stored', async () => {
    const { code, stdout, stderr } = await call(await newDatabase(), ['erase-tutor', randomUUID(), '--yes']);
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
    expect(stderr).toContain('Nothing is stored of tutor ');
  });
});

describe('export-tutor', () => {
  it('prints every row that belongs to a tutor, by table, and no other', async () => {
    const database = await newDatabase();
    await fillEveryTable(database.db);
    await ingest(database.db, completedSession({ tutor_id: OTHER_TUTOR, tutor: null }));
    const { code, stdout, stderr } = await call(database, ['export-tutor', TUTOR]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const rows = JSON.parse(stdout);
    expect(rows).toMatchObject({
      tutors: [{ id: TUTOR, name: 'Maria Lopez', email: 'maria@example.com' }],
      email_reports: [{ recipient_email: 'admin@example.com' }],
      rise_alarms: [{ signalled_at: '2024-01-15T00:00:00+00:00' }],
    });
    const counts = Object.entries(rows).map(([table, all]) => [table, Array.isArray(all) ? all.length : 0]);
    expect(Object.fromEntries(counts)).toEqual({
      tutors: 1,
      sessions: 2,
      reschedules: 1,
      email_reports: 1,
      tutor_scores: 1,
      tutors_to_rescore: 1,
      risk_flags: 2,
      rise_watches: 1,
      rise_alarms: 1,
      erased_tutors: 0,
    });
    expect(stdout).not.toContain(OTHER_TUTOR);
    const noted = (await auditRows(database.db)).at(-1);
    expect(noted).toMatchObject({ action: 'exported', subject_id: TUTOR, details: { sessions: 2, risk_flags: 2 } });
    expect(noted?.actor_id).toMatch(/^export-tutor by \S/);
  });

  it('says when there is no such tutor', async () => {
    const { code, stdout, stderr } = await call(await newDatabase(), ['export-tutor', TUTOR]);
    expect({ code, stdout, stderr }).toEqual({ code: 1, stdout: '', stderr: `No tutor has the id ${TUTOR}.\n` });
  });
});
