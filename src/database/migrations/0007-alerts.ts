import { type Kysely, sql } from 'kysely';
import { comment } from './comment.ts';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table alerts (
      name    text primary key,
      since   timestamptz not null,
      over_at timestamptz,
      told_at timestamptz,
      constraint alerts_name_length check (char_length(name) between 1 and 100)
    )
  `.execute(db);
  await sql`
    create table alert_mails (
      id       boolean primary key default true,
      mail_id  uuid not null default gen_random_uuid(),
      next_at  timestamptz not null,
      failures integer not null default 0,
      constraint alert_mails_one_row check (id),
      constraint alert_mails_failures check (failures >= 0)
    )
  `.execute(db);
  await sql`
    create table failing_jobs (
      name     text primary key,
      since    timestamptz not null,
      failures integer not null default 1,
      constraint failing_jobs_name_length check (char_length(name) between 1 and 100),
      constraint failing_jobs_failures check (failures >= 1)
    )
  `.execute(db);
  await sql`create index email_reports_failed on email_reports (updated_at) where status = 'failed'`.execute(db);
  await comment(db, 'table alerts', 'what the product found wrong: on, or over and a mail is still to say so');
  await comment(db, 'table alert_mails', 'one row: from when on the next mail about alerts may be sent');
  await comment(db, 'table failing_jobs', 'jobs and sweeps whose last rounds failed, and how many of them in a row');
  await comment(db, 'index email_reports_failed', 'alerts: reports that failed lately; metrics: how many failed');
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`drop index email_reports_failed`.execute(db);
  await sql`drop table failing_jobs`.execute(db);
  await sql`drop table alert_mails`.execute(db);
  await sql`drop table alerts`.execute(db);
}
