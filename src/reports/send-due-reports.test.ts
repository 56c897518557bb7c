import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../test/database.ts';
import { movedSession } from '../../test/factories.ts';
import { gate } from '../../test/gate.ts';
import { type SmtpSink, startSmtpSink } from '../../test/mail-servers.ts';
import { makeReport, TEST_MAIL } from '../../test/reports.ts';
import { createMailer } from './mailers/create-mailer.ts';
import type { Mailer } from './mailers/mailer.ts';
import { type SendReport, sendDueReports } from './send-report.ts';

const NEVER = new AbortController().signal;
const now = new Date();
const secondsAgo = (seconds: number) => new Date(now.getTime() - seconds * 1000);

describe('sending what is overdue', () => {
  let database: TestDatabase;
  let sink: SmtpSink;
  let mailer: Mailer;
  let deps: SendReport;

  beforeAll(async () => {
    database = await createTestDatabase();
    sink = await startSmtpSink();
    mailer = createMailer({ service: 'smtp', url: sink.url });
    deps = { db: database.db, clock: async () => now, mailer, mail: TEST_MAIL, reportChanged: () => {} };
  });
  afterAll(async () => {
    await mailer.close();
    await sink.close();
    await database.drop();
  });
  beforeEach(async () => {
    await sql`truncate email_reports`.execute(database.db);
    sink.sent.length = 0;
  });

  const reportDue = async (at: Date): Promise<string> => (await makeReport(database.db, movedSession(), at)).id;
  const reportsDue = async (count: number): Promise<string[]> => {
    const ids: string[] = [];
    while (ids.length < count) ids.push(await reportDue(secondsAgo(60)));
    return ids;
  };
  const set = (id: string, values: Record<string, unknown>) =>
    database.db
      .updateTable('email_reports')
      .set({ next_attempt_at: null, ...values })
      .where('id', '=', id)
      .execute();
  const statusOf = async (id: string) =>
    (await database.db.selectFrom('email_reports').select('status').where('id', '=', id).executeTakeFirstOrThrow())
      .status;

  test('sends what has been due for 10 seconds and what a lost sender held, and nothing else', async () => {
    const due = await reportDue(secondsAgo(10));
    const orphan = await reportDue(secondsAgo(300));
    await set(orphan, { status: 'sending', claimed_until: secondsAgo(10) });

    const held = await reportDue(secondsAgo(300));
    await set(held, { status: 'sending', claimed_until: secondsAgo(-1) });
    const waiting = await reportDue(secondsAgo(9));
    const failed = await reportDue(secondsAgo(300));
    await set(failed, { status: 'failed', error_message: '550' });
    const sent = await reportDue(secondsAgo(300));
    await set(sent, { status: 'sent', sent_at: secondsAgo(200), provider: 'smtp' });

    await sendDueReports(deps, NEVER);
    const ids = [due, orphan, held, waiting, failed, sent];
    expect(await Promise.all(ids.map(statusOf))).toEqual(['sent', 'sent', 'sending', 'pending', 'failed', 'sent']);
    expect(sink.sent).toHaveLength(2);
  });

  test('sends each once when two do it at the same time', async () => {
    const ids = await reportsDue(12);
    await Promise.all([sendDueReports(deps, NEVER), sendDueReports(deps, NEVER)]);
    expect(await Promise.all(ids.map(statusOf))).toEqual(ids.map(() => 'sent'));
    expect(sink.sent).toHaveLength(ids.length);
  });

  test('finishes what is in hand when it is asked to stop, and begins no more', async () => {
    const ids = await reportsDue(12);
    const passing = gate();
    const stopping = new AbortController();
    const held: Mailer = {
      ...mailer,
      send: async (mail, signal) => {
        await passing.pass();
        return mailer.send(mail, signal);
      },
    };
    const sending = sendDueReports({ ...deps, mailer: held }, stopping.signal);
    await passing.arrived(5);
    stopping.abort();
    passing.open();
    await sending;
    const statuses = await Promise.all(ids.map(statusOf));
    expect(statuses.filter((status) => status === 'sent')).toHaveLength(5);
    expect(statuses.filter((status) => status === 'pending')).toHaveLength(7);
    expect(sink.sent).toHaveLength(5);
  });
});
