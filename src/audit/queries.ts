import { type RawBuilder, sql } from 'kysely';
import type { AuditRecord, AuditSelection } from '../contract/audit.ts';
import type { Db } from '../database/connection.ts';

/** A page of the log, newest first, with names as they are now. `timezone` says when the days of the selection begin. */
export async function listRecords(
  db: Db,
  selection: AuditSelection,
  { limit, offset }: { limit: number; offset: number },
  timezone: string,
): Promise<AuditRecord[]> {
  const page = sql`limit ${limit} offset ${offset}`;
  const { rows } = await recordsOf(selection, timezone, page).execute(db);
  return rows;
}

const AT_A_TIME = 500;

/**
 * All of a selection, in the order of the list and as it stands at one instant: at least one group, which may be empty,
 * then each when it is asked for. Until the end, or until the caller breaks off, it holds a connection.
 */
export async function* readRecords(
  db: Db,
  selection: AuditSelection,
  timezone: string,
): AsyncGenerator<AuditRecord[], void> {
  const tx = await db.startTransaction().setAccessMode('read only').execute();
  try {
    await sql`declare exported no scroll cursor for ${recordsOf(selection, timezone, sql``)}`.execute(tx);
    for (;;) {
      const { rows } = await sql<AuditRecord>`fetch ${sql.lit(AT_A_TIME)} from exported`.execute(tx);
      yield rows;
      if (rows.length < AT_A_TIME) return;
    }
  } finally {
    // Of a connection that broke the caller has heard by the statement that failed.
    await tx
      .rollback()
      .execute()
      .catch(() => {});
  }
}

function recordsOf(selection: AuditSelection, timezone: string, page: RawBuilder<unknown>): RawBuilder<AuditRecord> {
  return sql<AuditRecord>`
    with l as (
      select *, case when actor_kind = 'user' then actor_id::uuid end as actor_user,
             case when subject_kind = 'user' then subject_id::uuid end as subject_user,
             case when subject_kind = 'tutor' then subject_id::uuid end as subject_tutor,
             case when subject_kind = 'report' then subject_id::uuid end as subject_report
        from audit_log
       where ${matches(selection, timezone)}
       order by at desc, id desc
       ${page})
    select l.id, l.at, l.actor_kind, l.actor_id, a.name as actor_name, l.action, l.subject_kind, l.subject_id,
           coalesce(t.name, u.name) as subject_name, t.id as tutor_id, l.request_id, l.details
      from l
      left join users a on a.id = l.actor_user
      left join users u on u.id = l.subject_user
      left join email_reports e on e.id = l.subject_report
      left join sessions s on s.id = e.session_id
      left join tutors t on t.id = coalesce(l.subject_tutor, s.tutor_id)
     order by l.at desc, l.id desc
  `;
}

export async function countRecords(db: Db, selection: AuditSelection, timezone: string): Promise<number> {
  const { rows } = await sql<{ total: number }>`
    select count(*) as total from audit_log where ${matches(selection, timezone)}
  `.execute(db);
  return rows[0]?.total ?? 0;
}

function matches(selection: AuditSelection, timezone: string): RawBuilder<unknown> {
  const { from, to, actor, actor_kind, action, subject, subject_id } = selection;
  const rules = [sql`true`];
  if (from !== undefined) rules.push(sql`at >= ${from}::date::timestamp at time zone ${timezone}`);
  if (to !== undefined) rules.push(sql`at < (${to}::date + 1)::timestamp at time zone ${timezone}`);
  if (actor !== undefined) rules.push(sql`actor_id = ${actor}`);
  if (actor_kind !== undefined) rules.push(sql`actor_kind = ${actor_kind}`);
  if (action !== undefined) rules.push(sql`action = ${action}`);
  if (subject !== undefined) rules.push(sql`subject_kind = ${subject}`);
  if (subject_id !== undefined) rules.push(sql`subject_id = ${subject_id}`);
  return sql.join(rules, sql` and `);
}
