import { sql } from 'kysely';
import { instantOf } from '../src/contract/instant.ts';
import type { Db } from '../src/database/connection.ts';
import type { ReportFacts } from '../src/reports/facts.ts';
import { ingestSessions } from '../src/sessions/ingest-sessions.ts';
import { type ProcessSessions, processSessions } from '../src/sessions/process-sessions.ts';
import type { Body } from './factories.ts';
import { eventOf } from './session-events.ts';

/** How the mails of these tests look, and from whom they come. */
export const TEST_MAIL = {
  timezone: 'UTC',
  dashboardUrl: 'https://tutors.example',
  from: 'Tutor Quality <quality@tutors.example>',
  domain: 'tutors.example',
};

const NEVER = new AbortController().signal;

/** Takes these sessions as they come through the door at `now`. */
export async function ingestAt(db: Db, bodies: readonly Body[], now = new Date()): Promise<void> {
  const received = instantOf(now);
  const results = await ingestSessions(
    db,
    bodies.map((body) => eventOf(body, received)),
  );
  for (const { details, bug } of results) if (details ?? bug) throw new Error(JSON.stringify(details ?? String(bug)));
}

/** In most tests nobody's work fails. */
function tutorFailed(_: string, error: unknown): never {
  throw error;
}

/** Does what a signal would at `now`; a tutor whose work fails, fails the test, unless `overrides` hears of it. */
export async function processAt(
  db: Db,
  now = new Date(),
  overrides: Partial<ProcessSessions> = {},
  signal = NEVER,
): Promise<void> {
  const { timezone } = TEST_MAIL;
  const deps = { db, clock: async () => now, timezone, recipients: ['admin@tutors.example'], reportsMade: () => {} };
  await processSessions({ ...deps, tutorFailed, ...overrides }, signal);
}

/** Takes one session and makes its report, due at `now`. */
export async function makeReport(db: Db, body: Body, now = new Date()): Promise<{ id: string; facts: ReportFacts }> {
  await ingestAt(db, [body], now);
  await processAt(db, now);
  return db
    .selectFrom('email_reports')
    .select(['id', 'facts'])
    .where('session_id', '=', body.session_id)
    .executeTakeFirstOrThrow();
}

/** Moves the reports that wait back in time, as if so many minutes had passed: senders that were lost lose their claims. */
export async function passMinutes(db: Db, minutes: number): Promise<void> {
  const passed = sql`make_interval(mins => ${minutes})`;
  await sql`
    update email_reports set next_attempt_at = next_attempt_at - ${passed}, claimed_until = claimed_until - ${passed}
  `.execute(db);
}
