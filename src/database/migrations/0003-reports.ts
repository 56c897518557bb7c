import { type Kysely, sql } from 'kysely';
import { comment } from './comment.ts';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table email_reports (
      id                  uuid primary key default gen_random_uuid(),
      session_id          uuid not null references sessions (id),
      recipient_email     text not null,
      status              text not null default 'pending',
      facts               jsonb not null,
      send_number         integer not null default 1,
      attempts            integer not null default 0,
      next_attempt_at     timestamptz,
      claimed_until       timestamptz,
      unreachable_since   timestamptz,
      sent_at             timestamptz,
      error_message       text,
      provider            text,
      provider_message_id text,
      created_at          timestamptz not null default now(),
      updated_at          timestamptz not null default now(),
      constraint email_reports_one_a_recipient unique (session_id, recipient_email),
      constraint email_reports_recipient_length check (char_length(recipient_email) between 3 and 254),
      constraint email_reports_status_known check (status in ('pending', 'sending', 'sent', 'failed')),
      constraint email_reports_sent_has_time check ((status = 'sent') = (sent_at is not null)),
      constraint email_reports_pending_has_next_attempt check ((status = 'pending') = (next_attempt_at is not null)),
      constraint email_reports_sending_is_claimed check ((status = 'sending') = (claimed_until is not null)),
      constraint email_reports_failed_has_error check (status <> 'failed' or error_message is not null),
      constraint email_reports_provider_known check (provider in ('outbox', 'smtp', 'sendgrid', 'ses')),
      constraint email_reports_sent_has_provider check (status <> 'sent' or provider is not null),
      constraint email_reports_counters check (attempts >= 0 and send_number >= 1)
    )
  `.execute(db);
  await sql`create index email_reports_created_at on email_reports (created_at, id)`.execute(db);
  await sql`create index email_reports_status on email_reports (status, created_at)`.execute(db);
  await sql`create index email_reports_sent_at on email_reports (sent_at)`.execute(db);
  await sql`create index email_reports_due on email_reports (coalesce(next_attempt_at, claimed_until))
            where status in ('pending', 'sending')`.execute(db);
  await comment(db, 'index email_reports_created_at', 'reports list, newest first');
  await comment(db, 'index email_reports_status', 'reports list by state; counts of the overview');
  await comment(db, 'index email_reports_sent_at', 'mails sent in a period: for questions by hand');
  await comment(db, 'index email_reports_due', 'sweep: reports that nobody is sending');
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`drop table email_reports`.execute(db);
}
