import { type RawBuilder, sql } from 'kysely';
import type { z } from 'zod';
import type { ReportList, ReportListItem, reportListQuery } from '../contract/reports.ts';
import type { Db } from '../database/connection.ts';
import type { ReportFacts } from './facts.ts';

type ReportSelection = z.output<typeof reportListQuery>;

/** One page of reports, newest first, of those made by `until` at the latest. */
export async function listReports(
  db: Db,
  selection: ReportSelection,
  until: Date | 'infinity' = 'infinity',
): Promise<ReportListItem[]> {
  const { rows } = await sql<ReportListItem>`
    select e.id, e.session_id, s.tutor_id, t.name as tutor_name, e.recipient_email, e.status, e.attempts, e.sent_at,
           e.next_attempt_at, e.error_message, e.provider, e.created_at
      from email_reports e
      join sessions s on s.id = e.session_id
      join tutors t on t.id = s.tutor_id
     where ${matches(selection)} and ${hasStatus(selection)} and e.created_at <= ${until}
     order by e.created_at desc, e.id desc
     limit ${selection.limit} offset ${selection.offset}
  `.execute(db);
  return rows;
}

/** How many reports a selection has, and how many it would have with each status. */
export async function countReports(db: Db, selection: ReportSelection): Promise<Pick<ReportList, 'total' | 'counts'>> {
  const { rows } = await sql<ReportList['counts']>`
    select count(*) filter (where e.status = 'pending') as pending,
           count(*) filter (where e.status = 'sending') as sending,
           count(*) filter (where e.status = 'sent')    as sent,
           count(*) filter (where e.status = 'failed')  as failed
      from email_reports e
      ${selection.tutor_id === undefined ? sql`` : sql`join sessions s on s.id = e.session_id`}
     where ${matches(selection)}
  `.execute(db);
  const counts = rows[0] ?? { pending: 0, sending: 0, sent: 0, failed: 0 };
  const all = counts.pending + counts.sending + counts.sent + counts.failed;
  return { total: selection.status === undefined ? all : counts[selection.status], counts };
}

export type StoredReport = { id: string; recipient_email: string; facts: ReportFacts; send_number: number };

export async function getReport(db: Db, id: string): Promise<StoredReport | null> {
  const report = await db
    .selectFrom('email_reports')
    .select(['id', 'recipient_email', 'facts', 'send_number'])
    .where('id', '=', id)
    .executeTakeFirst();
  return report ?? null;
}

/** All rules of a selection but the status. */
function matches({ tutor_id, id }: ReportSelection): RawBuilder<unknown> {
  const rules = [sql`true`];
  if (tutor_id !== undefined) rules.push(sql`s.tutor_id = ${tutor_id}`);
  if (id !== undefined) rules.push(sql`e.id = ${id}`);
  return sql.join(rules, sql` and `);
}

function hasStatus({ status }: ReportSelection): RawBuilder<unknown> {
  return status === undefined ? sql`true` : sql`e.status = ${status}`;
}
