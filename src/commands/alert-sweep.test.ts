import { sql } from 'kysely';
import PostalMime from 'postal-mime';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../test/database.ts';
import { movedSession } from '../../test/factories.ts';
import { postSession, TEST_KEY } from '../../test/http.ts';
import { type SmtpSink, startSmtpSink } from '../../test/mail-servers.ts';
import { programs } from '../../test/processes.ts';

const app = programs();
let database: TestDatabase;
let sink: SmtpSink;

beforeAll(async () => {
  [database, sink] = await Promise.all([createTestDatabase(), startSmtpSink()]);
});
afterAll(() => Promise.all([sink.close(), database.drop()]));

const environment = () => ({
  DATABASE_URL: database.connectionString,
  API_KEY: TEST_KEY,
  EMAIL_SERVICE: 'smtp',
  SMTP_URL: sink.url,
  ADMIN_EMAIL: 'ops@tutors.example',
});

test('an API without a worker mails once that scores wait, and another one does not repeat it', async () => {
  const first = await app.start(['api'], environment());
  await postSession(await first.says(/(http:\S+:\d+)/), movedSession());
  await first.stop('SIGTERM');
  await sql`update tutors_to_rescore set since = clock_timestamp() - interval '11 minutes'`.execute(database.db);

  const second = await app.start(['api'], environment());
  await second.says(/"msg":"alert: scores are late"/);
  await vi.waitFor(() => expect(sink.sent).toHaveLength(1), { timeout: 20_000 });
  const third = await app.start(['api'], environment());
  await third.says(/(http:\S+:\d+)/);
  await third.stop('SIGTERM');
  await second.stop('SIGTERM');

  const mails = await Promise.all(sink.sent.map(({ raw }) => PostalMime.parse(raw)));
  expect(mails.map(({ to, subject }) => [to?.[0]?.address, subject])).toEqual([
    ['ops@tutors.example', 'Tutor Quality: scores are late'],
  ]);
});
