import { sql } from 'kysely';
import PostalMime from 'postal-mime';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../test/database.ts';
import { movedSession } from '../../test/factories.ts';
import { collectLog, type LogLine } from '../../test/logs.ts';
import { type SmtpSink, startSmtpSink } from '../../test/mail-servers.ts';
import { makeReport, TEST_MAIL } from '../../test/reports.ts';
import { connect, type Db } from '../database/connection.ts';
import { createMailer } from '../reports/mailers/create-mailer.ts';
import type { Mailer } from '../reports/mailers/mailer.ts';
import type { Alert } from './alerts.ts';
import { lookForAlerts } from './look-for-alerts.ts';

const START = new Date('2026-01-15T15:00:00Z');
const after = (minutes: number) => new Date(START.getTime() + minutes * 60_000);

let database: TestDatabase;
let db: Db;
let other: Db;
let sink: SmtpSink;
let mailer: Mailer;
const { log, lines } = collectLog();

beforeAll(async () => {
  database = await createTestDatabase();
  db = database.db;
  other = connect(database.connectionString);
  sink = await startSmtpSink();
  mailer = createMailer({ service: 'smtp', url: sink.url });
  const ids: string[] = [];
  while (ids.length < 5) ids.push((await makeReport(db, movedSession())).id);
});
afterAll(async () => {
  await mailer.close();
  await sink.close();
  await other.destroy();
  await database.drop();
});
beforeEach(async () => {
  await sql`truncate alerts, alert_mails, failing_jobs, tutors_to_rescore`.execute(db);
  await allSent();
  Object.assign(sink, { fault: null });
  sink.sent.length = 0;
  lines.length = 0;
});

const look = (minutes: number, by = db, recipients = ['ops@tutors.example']) =>
  lookForAlerts({ db: by, clock: async () => after(minutes), mailer, mail: TEST_MAIL, recipients, log });
const mails = () => Promise.all(sink.sent.map(({ raw }) => PostalMime.parse(raw)));
const subjects = async () => (await mails()).map(({ subject }) => subject);
const said = (level: number) =>
  lines.filter((line): line is LogLine & { alert: Alert } => line.level === level && 'alert' in line);

/** All reports are sent, but for so many that failed. */
async function allSent(): Promise<void> {
  await sql`
    update email_reports
       set status = 'sent', sent_at = ${START}, provider = 'smtp', error_message = null, next_attempt_at = null,
           claimed_until = null, unreachable_since = null
  `.execute(db);
}
async function fail(count: number, at = START): Promise<void> {
  await sql`
    update email_reports set status = 'failed', sent_at = null, error_message = '550 no', updated_at = ${at}
     where id in (select id from email_reports order by id limit ${count})
  `.execute(db);
}
const tutorWaits = (since: Date, attempts = 0) =>
  sql`
    insert into tutors_to_rescore (tutor_id, since, attempts, error)
    select id, ${since}, ${attempts}, ${attempts > 0 ? 'division by zero' : null} from tutors order by id limit 1
  `.execute(db);

describe('while all is well', () => {
  test('nothing is said and nothing is mailed', async () => {
    await fail(4);
    await tutorWaits(after(-9));
    await look(0);
    expect([sink.sent.length, said(50), said(30)]).toEqual([0, [], []]);
  });
});

describe('when something is wrong', () => {
  test('one mail goes out however many look, and the log says it once', async () => {
    await fail(5);
    await Promise.all([look(1), look(1, other), look(1), look(1, other)]);
    expect(said(50)).toMatchObject([{ alert: 'reports_failing', count: 5, msg: 'alert: reports could not be mailed' }]);
    const [mail, ...more] = await mails();
    expect(more).toEqual([]);
    expect(mail?.subject).toBe('Tutor Quality: reports could not be mailed');
    expect(mail?.to).toMatchObject([{ address: 'ops@tutors.example' }]);
    for (const part of [mail?.text, mail?.html]) {
      expect(part).toContain('Reports could not be mailed, since Thu 15 Jan 2026, 15:00 UTC');
      expect(part).toContain('5 reports ended as failed within the last hour.');
      expect(part).toContain('First: Open the reports page');
      expect(part).toContain('https://tutors.example/reports?status=failed');
    }
    expect(mail?.html).not.toContain('{{');
  });

  test('it is told again after an hour and not before, also when something else begins', async () => {
    await tutorWaits(after(-10));
    await look(0);
    await sql`insert into failing_jobs (name, since, failures) values ('nightly', ${START}, 3)`.execute(db);
    for (const minutes of [1, 30, 59]) await look(minutes);
    expect(await subjects()).toEqual(['Tutor Quality: scores are late']);
    expect(said(50).map(({ alert }) => alert)).toEqual(['scores_waiting', 'jobs_failing']);
    await Promise.all([look(60), look(60, other)]);
    expect((await subjects()).slice(1)).toEqual(['Tutor Quality: 2 things need a look']);
    expect((await mails())[1]?.text).toContain('1 job failed three times in a row or more: nightly.');
  });

  const PENDING = 'tutors.example/reports?status=pending\n';
  const ALL = 'tutors.example/reports\n';
  test.each<[Alert, string, string, () => Promise<unknown>]>([
    ['reports_waiting', '1 report has', PENDING, () => reportIs({ status: 'pending', next_attempt_at: after(-10) })],
    ['reports_waiting', '1 report has', PENDING, () => reportIs({ status: 'sending', claimed_until: after(-10) })],
    ['reports_waiting', '1 report has', PENDING, () => reportIs({ ...LATER, unreachable_since: after(-10) })],
    ['scores_waiting', '1 tutor has been waiting', ALL, () => tutorWaits(after(-10))],
    ['tutors_set_aside', 'The work of 1 tutor failed', ALL, () => tutorWaits(START, 1)],
  ])('%s is found: %s', async (alert, words, link, make) => {
    await make();
    await look(0);
    expect(said(50).map((line) => line.alert)).toEqual([alert]);
    const text = (await mails())[0]?.text;
    expect(text).toContain(words);
    expect(text).toContain(link);
  });

  test('a report that waits for its time is not late', async () => {
    await reportIs({ ...LATER, unreachable_since: after(-9) });
    await look(0);
    expect(said(50)).toEqual([]);
  });
});

describe('a mail that fails', () => {
  test('is tried at the next look, then more and more seldom, and is the same mail', async () => {
    await tutorWaits(after(-10));
    sink.fault = BUSY;
    const tried: number[] = [];
    sink.events.removeAllListeners('heard');
    for (let minutes = 0; minutes <= 8; minutes += 1) {
      sink.events.once('heard', () => tried.push(minutes));
      await look(minutes);
      sink.events.removeAllListeners('heard');
    }
    expect(tried).toEqual([0, 1, 3, 7]);
    sink.fault = null;
    await look(14);
    await look(15);
    await look(74);
    await look(75);
    const ids = (await mails()).map(({ messageId }) => messageId);
    expect(new Set(ids).size).toBe(2);
    expect(ids[0]).toMatch(/^<alert\.[\w-]{36}\.1@tutors\.example>$/);
    expect(JSON.stringify(lines)).not.toContain('ops@');
  });

  test('for one of several is not sent to the others again', async () => {
    await tutorWaits(after(-10));
    await look(0, db, ['not an address', 'ops@tutors.example']);
    await look(1, db, ['not an address', 'ops@tutors.example']);
    expect(sink.sent.map(({ to }) => to)).toEqual([['ops@tutors.example']]);
    expect(lines).toContainEqual(expect.objectContaining({ msg: 'mail about alerts not taken', outcome: 'refused' }));
  });
});

describe('when it is over', () => {
  test('the log says so at once, and one more mail when its hour comes', async () => {
    await fail(5);
    await look(1);
    await allSent();
    await look(20);
    expect(said(30)).toMatchObject([{ alert: 'reports_failing', msg: 'alert is over: reports could not be mailed' }]);
    expect(await activeAlerts()).toEqual([]);
    expect(sink.sent).toHaveLength(1);
    await Promise.all([look(61), look(61, other)]);
    await look(180);
    const [, over, ...more] = await mails();
    expect([over?.subject, more]).toEqual(['Tutor Quality: what was wrong is over', []]);
    expect(over?.text).toContain('from Thu 15 Jan 2026, 15:00 UTC to Thu 15 Jan 2026, 15:20 UTC');
    expect(over?.text).toContain('https://tutors.example/reports\n');
  });

  test('it may begin again, and is told with what goes on', async () => {
    await fail(5, after(0.5));
    await tutorWaits(after(-10));
    await look(0);
    await sql`truncate tutors_to_rescore`.execute(db);
    await look(10);
    await look(60);
    const [, second] = await mails();
    expect(second?.text).toMatch(/Reports could not be mailed, since[^]*Over\n {2}Scores are late: from/);
    await tutorWaits(after(60));
    await fail(5, after(100));
    await look(120);
    expect((await mails())[2]?.text).not.toContain('Over');
    expect(await activeAlerts()).toEqual(['reports_failing', 'scores_waiting']);
  });

  test('nothing is mailed of what no mail had told', async () => {
    await tutorWaits(after(-10));
    sink.fault = BUSY;
    await look(0);
    sink.fault = null;
    await sql`truncate tutors_to_rescore`.execute(db);
    await look(5);
    await look(65);
    expect(sink.sent).toEqual([]);
  });
});

const BUSY = { at: 'data', code: 451, words: 'later' } as const;
const LATER = { status: 'pending', next_attempt_at: after(1) };

async function reportIs(values: Record<string, unknown>): Promise<void> {
  const open = { sent_at: null, provider: null, next_attempt_at: null, claimed_until: null };
  const first = sql<string>`(select id from email_reports order by id limit 1)`;
  await db
    .updateTable('email_reports')
    .set({ ...open, ...values })
    .where('id', '=', first)
    .execute();
}

async function activeAlerts(): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`select name from alerts where over_at is null order by name`.execute(db);
  return rows.map(({ name }) => name);
}
