import { sql } from 'kysely';
import type { Tx } from '../database/connection.ts';

/** Locks the sessions of a tutor; returns their ids. */
export async function lockSessionsOfTutor(tx: Tx, tutorId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from sessions where tutor_id = ${tutorId} order by id for update
  `.execute(tx);
  return rows.map(({ id }) => id);
}

/** Locks some sessions that were scheduled before an instant, the oldest first, passing by what others hold; returns their ids. */
export async function lockSessionsBefore(tx: Tx, before: Date, limit: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from sessions where scheduled_time < ${before} order by scheduled_time limit ${limit} for update skip locked
  `.execute(tx);
  return rows.map(({ id }) => id);
}

/** Deletes sessions with their reschedules. Their reports must be gone. */
export async function deleteSessions(
  tx: Tx,
  ids: readonly string[],
): Promise<{ sessions: number; reschedules: number }> {
  const moves = await sql`delete from reschedules where session_id = any(${ids}::uuid[])`.execute(tx);
  const sessions = await sql`delete from sessions where id = any(${ids}::uuid[])`.execute(tx);
  return { sessions: Number(sessions.numAffectedRows), reschedules: Number(moves.numAffectedRows) };
}

/**
 * Gives the sessions of a student to a pseudonym, and takes the reasons in people's own words from their moves. Their
 * versions grow a little: the same event, sent once more, is older than that.
 */
export async function pseudonymiseSessions(
  tx: Tx,
  studentId: string,
  pseudonym: string,
): Promise<{ sessions: number; reschedules: number }> {
  const { rows } = await sql<{ id: string }>`
    select id from sessions where student_id = ${studentId} order by id for update
  `.execute(tx);
  const ids = rows.map(({ id }) => id);
  const moves = await sql`
    update reschedules set reason = null where session_id = any(${ids}::uuid[]) and reason is not null
  `.execute(tx);
  await sql`
    update sessions
       set student_id = ${pseudonym}, occurred_at = occurred_at + interval '1 microsecond',
           reschedule_occurred_at = reschedule_occurred_at + interval '1 microsecond', updated_at = now()
     where id = any(${ids}::uuid[])
  `.execute(tx);
  return { sessions: ids.length, reschedules: Number(moves.numAffectedRows) };
}
