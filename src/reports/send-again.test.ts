import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../test/database.ts';
import { movedSession } from '../../test/factories.ts';
import { openDatabaseLine } from '../../test/proxy.ts';
import { makeReport, TEST_MAIL } from '../../test/reports.ts';
import { connect } from '../database/connection.ts';
import type { Mail, Mailer } from './mailers/mailer.ts';
import { claimReport } from './send-queries.ts';
import { type SendReport, sendReport } from './send-report.ts';

const CLAIM_MS = 2 * 60_000;

describe('a report whose sender is in trouble', () => {
  let database: TestDatabase;
  let now: Date;
  let sent: Mail[];
  let deps: SendReport;

  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());
  beforeEach(() => {
    now = new Date();
    sent = [];
    const mailer: Mailer = {
      provider: 'outbox',
      send: async (mail) => {
        sent.push(mail);
        return { kind: 'sent', provider_message_id: null };
      },
      close: async () => {},
    };
    deps = { db: database.db, clock: async () => now, mailer, mail: TEST_MAIL, reportChanged: () => {} };
  });

  const rowOf = (id: string) =>
    database.db.selectFrom('email_reports').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
  const loseClaim = () => {
    now = new Date(now.getTime() + CLAIM_MS);
  };

  test('is recorded when the database is back, and not sent a second time', async () => {
    const line = await openDatabaseLine(database.connectionString);
    const db = connect(line.connectionString);
    onTestFinished(() => db.destroy());
    const { id } = await makeReport(database.db, movedSession(), now);
    const cut: Mailer = {
      ...deps.mailer,
      send: async (...mail) => {
        const outcome = await deps.mailer.send(...mail);
        await line.cut();
        return outcome;
      },
    };
    // The first try to record it finds no server; from the second on there is one.
    let looks = 0;
    const clock = async () => {
      looks += 1;
      if (looks === 4) await line.restore();
      return now;
    };
    expect(await sendReport({ ...deps, db, clock, mailer: cut }, id)).toBeNull();
    expect(looks).toBe(4);
    expect(await rowOf(id)).toMatchObject({ status: 'sent', attempts: 1 });
    expect(sent).toHaveLength(1);
  });

  test('is recorded although the server crashed and has forgotten who took it up', async () => {
    const { id } = await makeReport(database.db, movedSession(), now);
    const crashed: Mailer = {
      ...deps.mailer,
      send: async (...mail) => {
        const forgotten = { status: 'pending', claimed_until: null, next_attempt_at: now, attempts: 0 } as const;
        await database.db.updateTable('email_reports').set(forgotten).where('id', '=', id).execute();
        return deps.mailer.send(...mail);
      },
    };
    expect(await sendReport({ ...deps, mailer: crashed }, id)).toBeNull();
    expect(await rowOf(id)).toMatchObject({ status: 'sent', attempts: 1, next_attempt_at: null });
    expect(await sendReport(deps, id)).toBeNull();
    expect(sent).toHaveLength(1);
  });

  test('is left to others by one who stood still until its claim had nearly run out', async () => {
    const { id } = await makeReport(database.db, movedSession(), now);
    const began = now;
    const stoodStill = [began, new Date(began.getTime() + CLAIM_MS - 1_000)];
    const clock = async () => stoodStill.shift() ?? began;
    expect(await sendReport({ ...deps, clock }, id)).toBe(1_000);
    expect(sent).toEqual([]);
    loseClaim();
    expect(await sendReport(deps, id)).toBeNull();
    expect(sent).toHaveLength(1);
  });

  test('is given up, with the reason, when five who took it up did not live to tell', async () => {
    const { id } = await makeReport(database.db, movedSession(), now);
    for (let lost = 0; lost < 5; lost += 1) {
      expect(await claimReport(database.db, id, now, CLAIM_MS)).not.toBeNull();
      loseClaim();
    }
    expect(await sendReport(deps, id)).toBeNull();
    expect(await rowOf(id)).toMatchObject({ status: 'failed', error_message: expect.stringContaining('5 senders') });
    expect(sent).toEqual([]);
  });
});
