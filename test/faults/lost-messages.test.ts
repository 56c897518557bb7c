import { Redis } from 'ioredis';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, inject, test, vi } from 'vitest';
import { connect, type Db } from '../../src/database/connection.ts';
import type { QueueLocation } from '../../src/queue/backend.ts';
import { openSignals, type Signals } from '../../src/queue/signals.ts';
import { startSweep } from '../../src/queue/sweep.ts';
import { createMailer } from '../../src/reports/mailers/create-mailer.ts';
import { sendDueReports } from '../../src/reports/send-report.ts';
import { processSessions } from '../../src/sessions/process-sessions.ts';
import { verifyDatabase } from '../../src/synthetic/verify.ts';
import { findLostWork } from '../../src/tutors/work-list-queries.ts';
import { type CountingSink, startCountingSink } from '../counting-sink.ts';
import { createTestDatabase, type TestDatabase } from '../database.ts';
import { movedSession } from '../factories.ts';
import { collectLog } from '../logs.ts';
import { programs } from '../processes.ts';
import { ingestAt, passMinutes, TEST_MAIL } from '../reports.ts';

const LIMITS = { softMs: 60_000, hardMs: 60_000, onHardLimit: () => {} };
const redisUrl = inject('redisUrl');
const app = programs();
const { log } = collectLog();
let database: TestDatabase;
let sink: CountingSink;

beforeEach(async () => {
  database = await createTestDatabase();
  sink = await startCountingSink();
});
afterEach(async () => {
  await sink.close();
  await database.drop();
});

const ingest = async (count: number) =>
  ingestAt(
    database.db,
    Array.from({ length: count }, () => movedSession()),
  );
const sent = async (): Promise<number> => {
  const { rows } = await sql<{ sent: number }>`
    select count(*) filter (where status = 'sent') as sent from email_reports
  `.execute(database.db);
  return rows[0]?.sent ?? 0;
};
const untilSent = (count: number) => vi.waitFor(async () => expect(await sent()).toBe(count), { timeout: 45_000 });
const expectAllDone = async (count: number) => {
  expect((await verifyDatabase(database.db)).filter(({ faults }) => faults > 0)).toEqual([]);
  expect(await database.db.selectFrom('tutors_to_rescore').selectAll().execute()).toEqual([]);
  expect(await database.db.selectFrom('email_reports').select('id').execute()).toHaveLength(count);
};

describe.each([
  { kind: 'postgres', isMissing: false },
  { kind: 'redis', isMissing: redisUrl === null },
] as const)('the queue on $kind', ({ kind, isMissing }) => {
  test.skipIf(isMissing)(
    'may lose all its messages, twice: the next worker finds the work, and signals work again',
    async () => {
      const url = `${redisUrl}/5`;
      const location: QueueLocation =
        kind === 'redis' ? { kind, url } : { kind, connectionString: database.connectionString };
      const startWorker = () =>
        app.start(['worker'], {
          DATABASE_URL: database.connectionString,
          EMAIL_SERVICE: 'smtp',
          SMTP_URL: sink.url,
          ...(kind === 'redis' ? { REDIS_URL: url } : {}),
        });
      const loseMessages = () => (kind === 'redis' ? flush(url) : deleteJobs(database.db));
      const signals: Signals = openSignals(location, log);
      sink.answer(5);

      await ingest(20);
      await vi.waitFor(async () => expect(await signals.isConnected()).toBe(true), 20_000);
      signals.sessionsWaiting();
      await signals.isConnected();
      await loseMessages();
      const first = await startWorker();
      await untilSent(5);
      await first.kill();

      await ingest(10);
      await loseMessages();
      await passMinutes(database.db, 5);
      sink.answer(Number.POSITIVE_INFINITY);
      const second = await startWorker();
      await untilSent(30);

      await loseMessages();
      await ingest(5);
      signals.sessionsWaiting();
      // The signal, not the sweep, is what finds this.
      await untilSent(35);
      await expectAllDone(35);
      expect(await second.stop('SIGTERM')).toMatchObject({ code: 0 });
      await signals.close();
    },
    120_000,
  );
});

test('sweeps alone do all the work, in several processes at once, each mail once', async () => {
  const other = connect(database.connectionString);
  const mailer = createMailer({ service: 'smtp', url: sink.url });
  const sweeps = [database.db, other].map((db) => {
    const clock = async () => new Date();
    const recipients = ['a@tutors.example'];
    const working = { db, clock, recipients, timezone: 'UTC', reportsMade: () => {}, tutorFailed: failed };
    // A sweep leaves a report to the queue for a while: for it, that while is over.
    const later = async () => new Date(Date.now() + 60_000);
    const sending = { db, clock: later, mailer, mail: TEST_MAIL, reportChanged: () => {} };
    const run = async (signal: AbortSignal) => {
      await findLostWork(db);
      await processSessions(working, signal);
      await sendDueReports(sending, signal);
    };
    return startSweep(db, { name: 'left over', everyMs: 10, run }, LIMITS, log);
  });
  for (let round = 0; round < 10; round += 1) await ingest(10);
  await untilSent(100);
  await Promise.all(sweeps.map((sweep) => sweep.stop()));
  await expectAllDone(100);
  expect([...sink.counts.values()]).toEqual(Array.from({ length: 100 }, () => 1));
  await mailer.close();
  await other.destroy();
});

function failed(_: string, error: unknown): never {
  throw error;
}

async function deleteJobs(db: Db): Promise<void> {
  await sql`delete from bullmq.job`.execute(db);
  await sql`delete from bullmq.dedup_next`.execute(db);
}

async function flush(url: string): Promise<void> {
  const redis = new Redis(url);
  await redis.flushdb();
  await redis.quit();
}
