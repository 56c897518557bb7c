import { type RawBuilder, sql } from 'kysely';
import type { z } from 'zod';
import type { reportListItem, reportListQuery } from '../contract/reports.ts';
import type { Db } from '../database/connection.ts';
import type { ReportFacts } from './facts.ts';

type ReportListItem = z.output<typeof reportListItem>;
type ReportSelection = z.output<typeof reportListQuery>;

/** One page of reports, newest first. */
export async function listReports(db: Db, selection: ReportSelection): Promise<ReportListItem[]> {
  const { rows } = await sql<ReportListItem>`
    select e.id, e.session_id, s.tutor_id, t.name as tutor_name, e.recipient_email, e.status, e.attempts, e.sent_at,
           e.next_attempt_at, e.error_message, e.provider, e.created_at
      from email_reports e
      join sessions s on s.id = e.session_id
      join tutors t on t.id = s.tutor_id
     where ${matches(selection)}
     order by e.created_at desc, e.id desc
     limit ${selection.limit} offset ${selection.offset}
  `.execute(db);
  return rows;
}

export async function countReports(db: Db, selection: ReportSelection): Promise<number> {
  const { rows } = await sql<{ total: number }>`
    select count(*) as total
      from email_reports e
      ${selection.tutor_id === undefined ? sql`` : sql`join sessions s on s.id = e.session_id`}
     where ${matches(selection)}
  `.execute(db);
  return rows[0]?.total ?? 0;
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

function matches({ status, tutor_id }: ReportSelection): RawBuilder<unknown> {
  const rules = [sql`true`];
  if (status !== undefined) rules.push(sql`e.status = ${status}`);
  if (tutor_id !== undefined) rules.push(sql`s.tutor_id = ${tutor_id}`);
  return sql.join(rules, sql` and `);
}
