import { sql } from 'kysely';
import type { Db } from '../database/connection.ts';
import type { ReportFacts } from './facts.ts';
import type { Mailer } from './mailers/mailer.ts';
import type { NextStep } from './next-step.ts';

export type ClaimedReport = {
  id: string;
  recipient_email: string;
  facts: ReportFacts;
  send_number: number;
  attempts: number;
  unreachable_since: Date | null;
  claimed_until: Date;
};

/**
 * Takes a report that is due, or whose claim ran out; `null` when somebody else has it or there is nothing to do.
 * A claim need not survive a crash of the server, so it does not wait for the disk; its outcome does.
 */
export async function claimReport(db: Db, id: string, now: Date, claimMs: number): Promise<ClaimedReport | null> {
  const claimed_until = new Date(now.getTime() + claimMs);
  const { rows } = await sql<ClaimedReport>`
    with unhurried as materialized (select set_config('synchronous_commit', 'off', true))
    update email_reports
       set status = 'sending', claimed_until = ${claimed_until}, next_attempt_at = null, attempts = attempts + 1,
           updated_at = now()
      from unhurried
     where id = ${id}
       and (status = 'pending' and next_attempt_at <= ${now} or status = 'sending' and claimed_until <= ${now})
    returning id, recipient_email, facts, send_number, attempts, unreachable_since, claimed_until
  `.execute(db);
  return rows[0] ?? null;
}

/** Milliseconds until a report that could not be claimed may be; `null` = never, it is sent or has failed. */
export async function waitingMs(db: Db, id: string, now: Date): Promise<number | null> {
  const { rows } = await sql<{ at: Date | null }>`
    select coalesce(next_attempt_at, claimed_until) as at from email_reports where id = ${id}
  `.execute(db);
  const at = rows[0]?.at ?? null;
  return at === null ? null : Math.max(0, at.getTime() - now.getTime());
}

/**
 * Records what became of an attempt, unless the claim ran out meanwhile and another process has the report. A server
 * that crashed may have forgotten the claim: as long as nobody else has made one, the outcome still holds.
 */
export async function recordStep(
  db: Db,
  { id, claimed_until, send_number, attempts }: ClaimedReport,
  step: NextStep,
  provider: Mailer['provider'],
  now: Date,
): Promise<void> {
  const outcome =
    step.status === 'pending'
      ? {
          error_message: step.error_message,
          unreachable_since: step.unreachable_since,
          next_attempt_at: new Date(now.getTime() + step.retryMs),
        }
      : step.status === 'failed'
        ? { error_message: step.error_message }
        : { error_message: null, unreachable_since: null, sent_at: now, provider_message_id: step.provider_message_id };
  await db
    .updateTable('email_reports')
    .set({ status: step.status, attempts: step.attempts, provider, updated_at: now })
    .set({ claimed_until: null, next_attempt_at: null, ...outcome })
    .where('id', '=', id)
    .where((eb) => {
      const isOurs = eb.and({ status: 'sending', claimed_until });
      return eb.or([isOurs, eb.and({ status: 'pending', send_number, attempts: attempts - 1 })]);
    })
    .execute();
}

/** Reports that should have been sent 10 seconds ago, or whose sender is gone: the queue seems not to know of them. */
export async function dueReports(db: Db, now: Date): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id
      from email_reports
     where status in ('pending', 'sending')
       and coalesce(next_attempt_at, claimed_until) <= ${now}::timestamptz - interval '10 seconds'
     order by coalesce(next_attempt_at, claimed_until)
     limit 500
  `.execute(db);
  return rows.map(({ id }) => id);
}

/** Makes a report that was sent, or that failed, due once more; returns whether it was one of those. */
export async function makeDueAgain(db: Db, id: string, now: Date): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('email_reports')
    .set((eb) => ({
      status: 'pending',
      send_number: eb('send_number', '+', 1),
      attempts: 0,
      next_attempt_at: now,
      unreachable_since: null,
      sent_at: null,
      error_message: null,
      updated_at: now,
    }))
    .where('id', '=', id)
    .where('status', 'in', ['sent', 'failed'])
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

export async function statusOf(db: Db, id: string) {
  const report = await db.selectFrom('email_reports').select('status').where('id', '=', id).executeTakeFirst();
  return report?.status ?? null;
}
