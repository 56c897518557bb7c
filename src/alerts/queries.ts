import { sql } from 'kysely';
import type { Db } from '../database/connection.ts';
import { type Alert, FAILED_WITHIN_MS, FAILURES_IN_A_ROW, LATE_MS, LEAST, type Trouble } from './alerts.ts';

/** What is wrong at an instant, each from a small table or a partial index. */
export async function readTroubles(db: Db, now: Date): Promise<Trouble[]> {
  const [late, hourAgo] = [new Date(now.getTime() - LATE_MS), new Date(now.getTime() - FAILED_WITHIN_MS)];
  const { rows } = await sql<{ alert: Alert; count: number; since: Date | null; names: string[] }>`
    select 'reports_failing' as alert, count(*) as count, min(updated_at) as since, '{}'::text[] as names
      from email_reports
     where status = 'failed' and updated_at > ${hourAgo}
    union all
    select 'reports_waiting', count(*), min(least(unreachable_since, coalesce(next_attempt_at, claimed_until))), '{}'
      from email_reports
     where status in ('pending', 'sending')
       and least(unreachable_since, coalesce(next_attempt_at, claimed_until)) <= ${late}
    union all
    select 'scores_waiting', count(*), min(since), '{}'
      from tutors_to_rescore
     where attempts = 0 and since <= ${late}
    union all
    select 'tutors_set_aside', count(*), min(since), '{}'
      from tutors_to_rescore
     where attempts > 0
    union all
    select 'jobs_failing', count(*), min(since), coalesce(array_agg(name order by name), '{}')
      from failing_jobs
     where failures >= ${FAILURES_IN_A_ROW}
  `.execute(db);
  return rows.flatMap(({ alert, count, since, names }) =>
    since === null || count < LEAST[alert] ? [] : [{ alert, count, since, names }],
  );
}

/** Turns on those of these alerts that were not on, and returns them; of several who look at once, one turns one on. */
export async function turnOn(db: Db, troubles: readonly Trouble[]): Promise<Alert[]> {
  if (troubles.length === 0) return [];
  const { rows } = await sql<{ name: Alert }>`
    insert into alerts (name, since)
    select * from unnest(${troubles.map(({ alert }) => alert)}::text[], ${troubles.map(({ since }) => since)}::timestamptz[])
    on conflict (name) do update set since = excluded.since, over_at = null where alerts.over_at is not null
    returning name
  `.execute(db);
  return rows.map(({ name }) => name);
}

/** Turns off what is on and is not among `alerts`, and returns it. Of what no mail told, none tells that it is over. */
export async function turnOff(db: Db, alerts: readonly Alert[], now: Date): Promise<Alert[]> {
  const { rows } = await sql<{ name: Alert }>`
    update alerts set over_at = ${now} where over_at is null and name <> all(${alerts}::text[]) returning name
  `.execute(db);
  await sql`delete from alerts where over_at is not null and told_at is null`.execute(db);
  return rows.map(({ name }) => name);
}

export type StoredAlert = { alert: Alert; since: Date; over_at: Date | null };

/** What a mail would have to tell: what is on, and what was told and is over. */
export async function alertsToTell(db: Db): Promise<StoredAlert[]> {
  const { rows } = await sql<StoredAlert>`
    select name as alert, since, over_at from alerts order by since, name
  `.execute(db);
  return rows;
}

/**
 * Takes the right to send the one mail of an hour; `null` when there was one within the hour, or somebody else has it.
 * It is used up before anything is sent: a process that dies then costs a mail, and never makes a second one.
 */
export async function claimMail(
  db: Db,
  now: Date,
  everyMs: number,
): Promise<{ mail_id: string; failures: number } | null> {
  const next_at = new Date(now.getTime() + everyMs);
  const { rows } = await sql<{ mail_id: string; failures: number }>`
    insert into alert_mails (next_at) values (${next_at})
    on conflict (id) do update set next_at = excluded.next_at where alert_mails.next_at <= ${now}
    returning mail_id, failures
  `.execute(db);
  return rows[0] ?? null;
}

/** After a mail that went: what was on was told, and what was over is forgotten. The next mail is another one. */
export async function recordMail(db: Db, told: readonly StoredAlert[], now: Date): Promise<void> {
  const names = (those: readonly StoredAlert[]) => those.map(({ alert }) => alert);
  await db.transaction().execute(async (tx) => {
    await sql`update alert_mails set mail_id = gen_random_uuid(), failures = 0`.execute(tx);
    await sql`
      update alerts set told_at = ${now} where name = any(${names(told)}::text[])
    `.execute(tx);
    await sql`
      delete from alerts
       where over_at is not null and name = any(${names(told.filter(({ over_at }) => over_at !== null))}::text[])
    `.execute(tx);
  });
}

/** After a mail that did not go: the same one may be tried at `next_at`. */
export async function postponeMail(db: Db, next_at: Date): Promise<void> {
  await sql`update alert_mails set next_at = ${next_at}, failures = failures + 1`.execute(db);
}

export async function countFailure(db: Db, name: string, now: Date): Promise<void> {
  await sql`
    insert into failing_jobs (name, since) values (${name}, ${now})
    on conflict (name) do update set failures = failing_jobs.failures + 1
  `.execute(db);
}

export async function forgetFailures(db: Db, name: string): Promise<void> {
  await sql`delete from failing_jobs where name = ${name}`.execute(db);
}

/** Forgets the jobs that have another name than these: no round of theirs will ever end well. */
export async function forgetOtherJobs(db: Db, names: readonly string[]): Promise<void> {
  await sql`delete from failing_jobs where name <> all(${names}::text[])`.execute(db);
}
