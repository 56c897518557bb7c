import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { verifyDatabase } from '../../src/synthetic/verify.ts';
import { type CountingSink, startCountingSink } from '../counting-sink.ts';
import { createTestDatabase, type TestDatabase } from '../database.ts';
import { movedSession } from '../factories.ts';
import { holdTable, untilBlocked } from '../locks.ts';
import { type Program, programs } from '../processes.ts';
import { ingestAt, passMinutes } from '../reports.ts';

/** The most mails that one worker has on the way at once. */
const IN_FLIGHT = 10;
const RECIPIENTS = ['a@tutors.example', 'b@tutors.example'];
const sessions = Array.from({ length: 60 }, () => movedSession());

const app = programs();
let database: TestDatabase;
let sink: CountingSink;
beforeAll(async () => {
  database = await createTestDatabase();
  sink = await startCountingSink();
});
afterAll(async () => {
  await sink.close();
  await database.drop();
});

const startWorker = (): Promise<Program> =>
  app.start(['worker'], {
    DATABASE_URL: database.connectionString,
    ADMIN_EMAIL: RECIPIENTS.join(','),
    EMAIL_SERVICE: 'smtp',
    SMTP_URL: sink.url,
  });

const count = async (table: 'tutors_to_rescore' | 'email_reports' | 'sessions', where = 'true'): Promise<number> => {
  const { rows } = await sql<{ count: number }>`
    select count(*) from ${sql.table(table)} where ${sql.raw(where)}
  `.execute(database.db);
  return rows[0]?.count ?? 0;
};

describe('workers that are killed', () => {
  test('in the middle of a batch leave nothing half done', async () => {
    await ingestAt(database.db, sessions);
    const held = await holdTable(database.db, 'email_reports');
    const worker = await startWorker();
    const [pid] = await untilBlocked(database.db);
    await worker.kill();
    await held.release();
    await vi.waitFor(async () => {
      const { rows } = await sql`select from pg_stat_activity where pid = ${pid}`.execute(database.db);
      expect(rows).toEqual([]);
    }, 20_000);

    expect(await count('tutors_to_rescore')).toBe(sessions.length);
    expect(await count('sessions', 'reports_decided_at is null')).toBe(sessions.length);
    expect(await count('email_reports')).toBe(0);
  });

  test('among their mails have sent each once, save a few in flight; the next one finishes everything', async () => {
    sink.answer(30);
    const first = await startWorker();
    await vi.waitFor(() => expect(sink.counts.size).toBeGreaterThan(30), { timeout: 20_000 });
    await first.kill();

    const sending = await database.db
      .selectFrom('email_reports')
      .select('id')
      .where('status', '=', 'sending')
      .execute();
    expect(sending.length).toBeGreaterThan(0);
    expect(sending.length).toBeLessThanOrEqual(IN_FLIGHT);
    await passMinutes(database.db, 5);
    sink.answer(Number.POSITIVE_INFINITY);
    const second = await startWorker();
    const all = sessions.length * RECIPIENTS.length;
    await vi.waitFor(async () => expect(await count('email_reports', `status = 'sent'`)).toBe(all), {
      timeout: 25_000,
    });
    expect(await second.stop('SIGTERM')).toMatchObject({ code: 0 });

    const mayBeDouble = new Set(sending.map(({ id }) => `<report.${id}.1@localhost.localdomain>`));
    const doubled = [...sink.counts].filter(([, times]) => times > 1);
    expect(sink.counts.size).toBe(all);
    expect(doubled.filter(([id, times]) => times > 2 || !mayBeDouble.has(id))).toEqual([]);
  });

  test('lose nothing and double nothing', async () => {
    expect((await verifyDatabase(database.db)).filter(({ faults }) => faults > 0)).toEqual([]);
    expect(await count('tutors_to_rescore')).toBe(0);
    expect(await count('sessions', 'reports_decided_at is null')).toBe(0);
    const reports = await database.db.selectFrom('email_reports').select(['session_id', 'recipient_email']).execute();
    const made = reports.map(({ session_id, recipient_email }) => `${session_id} ${recipient_email}`);
    const wanted = sessions.flatMap(({ session_id }) => RECIPIENTS.map((recipient) => `${session_id} ${recipient}`));
    expect(made.toSorted()).toEqual(wanted.toSorted());
  });
});
