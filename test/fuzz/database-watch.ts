import { sql } from 'kysely';
import type { Db } from '../../src/database/connection.ts';
import type { Accepted } from './accepted.ts';

/** Of each table, what every row holds, as a digest by the id that an answer names it by. */
type Snapshot = Record<'sessions' | 'reschedules' | 'tutors' | 'reports' | 'settings' | 'users', Map<string, string>>;

/** Looks at the database between requests: nothing may have changed that no answer admits. */
export type DatabaseWatch = {
  /** What is wrong with the database now, given all that was accepted since the last look. */
  look(accepted: Accepted): Promise<string[]>;
};

export async function watchDatabase(db: Db): Promise<DatabaseWatch> {
  let before = await snapshotOf(db);
  return {
    look: async (accepted) => {
      const after = await snapshotOf(db);
      const faults = [...unadmitted(before, after, accepted), ...missing(after, accepted), ...(await torn(db))];
      before = after;
      return faults;
    },
  };
}

function* unadmitted(before: Snapshot, after: Snapshot, accepted: Accepted): Generator<string> {
  const { sessions, tutors, hasSettings, hasResent } = accepted;
  for (const id of changed(before.sessions, after.sessions)) {
    if (!sessions.has(id)) yield `session ${id} changed, and no answer says so`;
  }
  for (const id of changed(before.reschedules, after.reschedules)) {
    if (!sessions.has(id)) yield `the reschedule of session ${id} changed, and no answer says so`;
  }
  for (const id of changed(before.tutors, after.tutors)) {
    if (!tutors.has(id)) yield `tutor ${id} changed, and no answer says so`;
  }
  const isReportChanged = changed(before.reports, after.reports).length > 0;
  if (isReportChanged && !hasResent) yield 'a report was sent again, and nobody asked for it';
  if (!hasSettings && changed(before.settings, after.settings).length > 0) yield 'the settings changed unasked';
  for (const id of changed(before.users, after.users)) yield `user ${id} changed`;
}

function* missing({ sessions }: Snapshot, { created }: Accepted): Generator<string> {
  for (const id of created) if (!sessions.has(id)) yield `session ${id} was created, and is not there`;
}

function changed(before: Map<string, string>, after: Map<string, string>): string[] {
  const ids = new Set([...before.keys(), ...after.keys()]);
  return [...ids].filter((id) => before.get(id) !== after.get(id));
}

/** What the worker does meanwhile, and of reports their sending, is not looked at. */
async function snapshotOf(db: Db): Promise<Snapshot> {
  const rows = async (query: ReturnType<typeof sql<{ id: string; digest: string }>>) =>
    new Map((await query.execute(db)).rows.map(({ id, digest }): [string, string] => [id, digest]));
  return {
    sessions: await rows(sql`select id, md5((to_jsonb(t) - 'reports_decided_at')::text) as digest from sessions t`),
    reschedules: await rows(sql`select session_id as id, md5(to_jsonb(t)::text) as digest from reschedules t`),
    tutors: await rows(sql`select id, md5(to_jsonb(t)::text) as digest from tutors t`),
    reports: await rows(sql`select id, md5(send_number::text) as digest from email_reports t where send_number > 1`),
    settings: await rows(sql`select 'settings' as id, md5(to_jsonb(t)::text) as digest from settings t`),
    users: await rows(sql`select id, md5((to_jsonb(t))::text) as digest from users t`),
  };
}

/** Rules between tables that hold at every moment. */
async function torn(db: Db): Promise<string[]> {
  const { rows } = await sql<{ fault: string; rows: number }>`
    select 'sessions without a tutor' as fault, count(*) as rows
      from sessions s where not exists (select from tutors t where t.id = s.tutor_id)
    union all
    select 'reschedules that do not fit their session', count(*)
      from reschedules r
     where not exists (select from sessions s
                        where s.id = r.session_id and s.tutor_id = r.tutor_id and s.scheduled_time = r.original_time)
    union all
    select 'moved sessions without a reschedule', count(*)
      from sessions s
     where s.status = 'rescheduled' and not exists (select from reschedules r where r.session_id = s.id)
    union all
    select 'constraints that are not checked', count(*) from pg_constraint where not convalidated
  `.execute(db);
  return rows.filter((row) => row.rows > 0).map(({ fault, rows: count }) => `${count} ${fault}`);
}
