import { sql } from 'kysely';
import type { Db, Tx } from '../database/connection.ts';

/** A session whose reports are still to be made, as they tell of it. */
export type UndecidedSession = {
  id: string;
  tutor_id: string;
  student_id: string;
  scheduled_time: Date;
  status: 'completed' | 'rescheduled' | 'no_show';
  initiator: 'tutor' | 'student' | null;
  new_time: Date | null;
  hours_before_session: number | null;
  reason: string | null;
  reason_code: string | null;
};

/** The sessions of these tutors whose reports are not decided, locked; those that somebody else holds come later. */
export async function claimUndecided(tx: Tx, tutorIds: readonly string[], limit: number): Promise<UndecidedSession[]> {
  const { rows } = await sql<{ id: string }>`
    select id
      from sessions
     where tutor_id = any(${tutorIds}::uuid[]) and reports_decided_at is null
     order by created_at
     limit ${limit}
       for update skip locked
  `.execute(tx);
  return rows.length === 0 ? [] : describe(tx, rows);
}

/** As `claimUndecided`, of one session: nothing when it is decided, or somebody else holds it. */
export async function claimUndecidedSession(tx: Tx, id: string): Promise<UndecidedSession[]> {
  const { rows } = await sql<{ id: string }>`
    select id from sessions where id = ${id} and reports_decided_at is null for update skip locked
  `.execute(tx);
  return rows.length === 0 ? [] : describe(tx, rows);
}

export async function undecidedIds(db: Db, tutorId: string, limit: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from sessions where tutor_id = ${tutorId} and reports_decided_at is null order by created_at limit ${limit}
  `.execute(db);
  return rows.map(({ id }) => id);
}

async function describe(tx: Tx, claimed: readonly { id: string }[]): Promise<UndecidedSession[]> {
  const { rows } = await sql<UndecidedSession>`
    select s.id, s.tutor_id, s.student_id, s.scheduled_time, s.status,
           r.initiator, r.new_time, r.hours_before_session, r.reason, r.reason_code
      from sessions s
      left join reschedules r on r.session_id = s.id
     where s.id = any(${claimed.map(({ id }) => id)}::uuid[])
     order by s.created_at, s.id
  `.execute(tx);
  return rows;
}

/** Records that the reports of these sessions were decided: no correction and no later recipient makes more. */
export async function markDecided(tx: Tx, sessionIds: readonly string[], now: Date): Promise<void> {
  await sql`
    update sessions set reports_decided_at = ${now} where id = any(${sessionIds}::uuid[])
  `.execute(tx);
}
