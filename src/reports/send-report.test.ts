import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { TESTER } from '../../test/actor.ts';
import { createTestDatabase, type TestDatabase } from '../../test/database.ts';
import { movedSession } from '../../test/factories.ts';
import { gate } from '../../test/gate.ts';
import { type SmtpSink, startSmtpSink } from '../../test/mail-servers.ts';
import { ingestAt, makeReport, TEST_MAIL } from '../../test/reports.ts';
import { createMailer } from './mailers/create-mailer.ts';
import type { Mailer } from './mailers/mailer.ts';
import { resendReport } from './resend-report.ts';
import { claimReport } from './send-queries.ts';
import { type SendReport, sendReport } from './send-report.ts';

const MINUTE_MS = 60_000;

describe('sending a report', () => {
  let database: TestDatabase;
  let sink: SmtpSink;
  let mailer: Mailer;
  let now: Date;
  let deps: SendReport;
  let changes: number;

  beforeAll(async () => {
    database = await createTestDatabase();
    sink = await startSmtpSink();
    mailer = createMailer({ service: 'smtp', url: sink.url });
  });
  afterAll(async () => {
    await mailer.close();
    await sink.close();
    await database.drop();
  });
  beforeEach(() => {
    now = new Date();
    changes = 0;
    deps = {
      db: database.db,
      clock: async () => now,
      mailer,
      mail: TEST_MAIL,
      reportChanged: () => void (changes += 1),
    };
  });
  afterEach(() => {
    sink.sent.length = 0;
    sink.fault = null;
  });

  const later = (minutes: number) => {
    now = new Date(now.getTime() + minutes * MINUTE_MS);
  };
  const rowOf = (id: string) =>
    database.db.selectFrom('email_reports').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
  const messageIds = () => sink.sent.map(({ raw }) => /^Message-ID: (.*)$/im.exec(raw)?.[1]);

  test('carries the mail to the provider and records that', async () => {
    const { id } = await makeReport(database.db, movedSession(), now);
    later(1);
    expect(await sendReport(deps, id)).toBeNull();
    expect(sink.sent.map(({ to }) => to)).toEqual([['admin@tutors.example']]);
    expect(messageIds()).toEqual([`<report.${id}.1@tutors.example>`]);
    const recorded = { status: 'sent', sent_at: now, attempts: 1, provider: 'smtp', provider_message_id: 'sink-1' };
    expect(await rowOf(id)).toMatchObject({ ...recorded, error_message: null, claimed_until: null });
    expect(changes).toBe(1);
  });

  test('says what was true when the report was made, whatever the tutor is called since', async () => {
    const body = movedSession({ tutor: { name: 'Maria Before' } });
    const { id } = await makeReport(database.db, body, now);
    await ingestAt(database.db, [{ ...body, tutor: { name: 'Maria After' } }], new Date(now.getTime() + 1));
    const { name } = await database.db
      .selectFrom('tutors')
      .select('name')
      .where('id', '=', body.tutor_id)
      .executeTakeFirstOrThrow();
    expect(name).toBe('Maria After');
    await sendReport(deps, id);
    expect(sink.sent[0]?.raw).toContain('Maria Before');
    expect(sink.sent[0]?.raw).not.toContain('Maria After');
  });

  test('is done by one of two who try at once; the other hears how long to wait', async () => {
    const { id } = await makeReport(database.db, movedSession(), now);
    const held = gate();
    const slow: Mailer = {
      ...mailer,
      send: async (...mail) => {
        await held.pass();
        return mailer.send(...mail);
      },
    };
    const both = [1, 2].map(() => sendReport({ ...deps, mailer: slow }, id));
    expect(await Promise.race(both)).toBe(2 * MINUTE_MS);
    held.open();
    expect((await Promise.all(both)).toSorted()).toEqual([2 * MINUTE_MS, null]);
    expect(sink.sent).toHaveLength(1);
    expect(await sendReport(deps, id)).toBeNull();
    expect(sink.sent).toHaveLength(1);
  });

  test('waits until a report is due, and knows nothing of one that is not there', async () => {
    const { id } = await makeReport(database.db, movedSession(), new Date(now.getTime() + 5 * MINUTE_MS));
    expect(await sendReport(deps, id)).toBe(5 * MINUTE_MS);
    expect(await sendReport(deps, randomUUID())).toBeNull();
    expect([sink.sent.length, changes]).toEqual([0, 0]);
  });

  test('is done again, as the same mail, when the sender was lost before it could record', async () => {
    const { id } = await makeReport(database.db, movedSession(), now);
    const end = gate();
    const lost: Mailer = {
      ...mailer,
      send: async (...mail) => {
        const outcome = await mailer.send(...mail);
        await end.pass();
        return outcome;
      },
    };
    void sendReport({ ...deps, mailer: lost }, id);
    await end.arrived(1);
    expect(await rowOf(id)).toMatchObject({ status: 'sending', attempts: 1 });

    later(1);
    expect(await sendReport(deps, id)).toBe(MINUTE_MS);
    later(1);
    expect(await sendReport(deps, id)).toBeNull();
    expect(messageIds()).toEqual([`<report.${id}.1@tutors.example>`, `<report.${id}.1@tutors.example>`]);
    expect(await rowOf(id)).toMatchObject({ status: 'sent', attempts: 2 });
  });

  test('changes nothing when it ends after another has taken the report over', async () => {
    const { id } = await makeReport(database.db, movedSession(), now);
    const slow = { first: gate(), second: gate() };
    const refusing: Mailer = {
      ...mailer,
      send: async () => {
        await slow.first.pass();
        return { kind: 'refused', error: 'too late' };
      },
    };
    const sending: Mailer = {
      ...mailer,
      send: async (...mail) => {
        await slow.second.pass();
        return mailer.send(...mail);
      },
    };
    const first = sendReport({ ...deps, mailer: refusing }, id);
    await slow.first.arrived(1);
    later(2);
    const second = sendReport({ ...deps, mailer: sending }, id);
    await slow.second.arrived(1);
    const before = await rowOf(id);
    slow.first.open();
    await first;
    const after = await rowOf(id);
    slow.second.open();
    await second;
    expect(after).toEqual(before);
    expect(await rowOf(id)).toMatchObject({ status: 'sent', attempts: 2, error_message: null });
  });

  test('is given up after the third failure, with what the provider said', async () => {
    const { id } = await makeReport(database.db, movedSession(), now);
    sink.fault = { at: 'data', code: 451, words: 'local error in processing' };
    for (const [attempts, minutes] of [
      [1, 1],
      [2, 5],
    ] as const) {
      expect(await sendReport(deps, id)).toBe(minutes * MINUTE_MS);
      const next_attempt_at = new Date(now.getTime() + minutes * MINUTE_MS);
      expect(await rowOf(id)).toMatchObject({ status: 'pending', attempts, next_attempt_at, sent_at: null });
      later(minutes);
    }
    expect(await sendReport(deps, id)).toBeNull();
    const error_message = expect.stringContaining('local error in processing');
    expect(await rowOf(id)).toMatchObject({ status: 'failed', attempts: 3, error_message, provider: 'smtp' });
    expect(await sendReport(deps, id)).toBeNull();
    expect(sink.sent).toHaveLength(0);
  });

  test('is given up at once when the provider refuses the recipient', async () => {
    const { id } = await makeReport(database.db, movedSession(), now);
    sink.fault = { at: 'recipient', code: 550, words: 'no such user' };
    expect(await sendReport(deps, id)).toBeNull();
    const error_message = expect.stringContaining('no such user');
    expect(await rowOf(id)).toMatchObject({ status: 'failed', attempts: 1, error_message });
  });

  test('costs no attempt when the provider asks for patience or cannot be reached', async () => {
    const { id } = await makeReport(database.db, movedSession(), now);
    sink.fault = { at: 'recipient', code: 450, words: 'greylisted' };
    expect(await sendReport(deps, id)).toBe(MINUTE_MS);
    expect(await rowOf(id)).toMatchObject({ status: 'pending', attempts: 0, unreachable_since: null });

    later(1);
    sink.fault = 'hang up';
    const gone = createMailer({ service: 'smtp', url: sink.url });
    expect(await sendReport({ ...deps, mailer: gone }, id)).toBe(MINUTE_MS);
    expect(await rowOf(id)).toMatchObject({ status: 'pending', attempts: 0, unreachable_since: now });
    later(60);
    await sendReport({ ...deps, mailer: gone }, id);
    expect(await rowOf(id)).toMatchObject({ status: 'pending', attempts: 1 });

    later(1);
    sink.fault = null;
    expect(await sendReport({ ...deps, mailer: gone }, id)).toBeNull();
    expect(await rowOf(id)).toMatchObject({ status: 'sent', unreachable_since: null, error_message: null });
    await gone.close();
  });

  test('ends in the row, too, when the mail cannot even be made', async () => {
    const { id } = await makeReport(database.db, movedSession(), now);
    const broken = { ...deps, mail: { ...TEST_MAIL, timezone: 'Nowhere/None' } };
    for (const minutes of [1, 5, null]) {
      expect(await sendReport(broken, id)).toBe(minutes === null ? null : minutes * MINUTE_MS);
      later(minutes ?? 0);
    }
    const error_message = expect.stringContaining('Nowhere/None');
    expect(await rowOf(id)).toMatchObject({ status: 'failed', attempts: 3, error_message });
  });

  test('is done anew on request, as another mail with attempts of its own', async () => {
    const { id } = await makeReport(database.db, movedSession(), now);
    const resend = () => resendReport(database.db, deps.clock, id, TESTER);
    await expect(resend()).rejects.toMatchObject({ code: 'conflict', details: { status: 'pending' } });
    await claimReport(database.db, id, now, MINUTE_MS);
    await expect(resend()).rejects.toMatchObject({ code: 'conflict', details: { status: 'sending' } });
    later(1);
    await sendReport(deps, id);
    await resend();
    expect(await rowOf(id)).toMatchObject({ status: 'pending', attempts: 0, sent_at: null, next_attempt_at: now });
    await sendReport(deps, id);
    expect(messageIds()).toEqual([`<report.${id}.1@tutors.example>`, `<report.${id}.2@tutors.example>`]);
    const unknown = resendReport(database.db, deps.clock, randomUUID(), TESTER);
    await expect(unknown).rejects.toMatchObject({ code: 'not_found' });
  });
});
