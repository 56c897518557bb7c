import { sql } from 'kysely';
import type { Tx } from '../database/connection.ts';
import { literally } from '../database/statements/literally.ts';

export async function deleteReportsOf(tx: Tx, sessionIds: readonly string[]): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from email_reports where session_id = any(${sessionIds}::uuid[])
  `.execute(tx);
  return Number(numAffectedRows);
}

/** How a student is called in a report: by id as a fact, and as `described` in its sentences. */
export type NamedStudent = { id: string; described: string };

/**
 * Puts a pseudonym in the place of a student, in the reports about the student's own sessions, which lose the reason of
 * the move too, and in the sentences of other reports of the student's tutors. The only change that facts ever see.
 */
export async function pseudonymiseReports(tx: Tx, { id, described }: NamedStudent, pseudonym: string): Promise<number> {
  // As JSON writes it: the sentences are searched as they are stored.
  const written = JSON.stringify(described).slice(1, -1);
  const named = `([Ss]tudent )${literally(written)}(?![[:alnum:]_-])`;
  const { numAffectedRows } = await sql`
    update email_reports
       set facts = facts
                || case when facts -> 'session' ->> 'student_id' = ${id}
                        then jsonb_build_object('session',
                               (facts -> 'session')
                               || jsonb_build_object('student_id', ${pseudonym}::text)
                               || case when jsonb_typeof(facts -> 'session' -> 'reschedule') = 'object'
                                       then jsonb_build_object('reschedule',
                                              (facts -> 'session' -> 'reschedule') || '{"reason": null}')
                                       else '{}' end)
                        else '{}' end
                || jsonb_build_object('insights',
                     regexp_replace((facts -> 'insights')::text, ${named}, ${`\\1${pseudonym}`}, 'g')::jsonb),
           updated_at = now()
     where facts -> 'session' ->> 'student_id' = ${id} or (facts -> 'insights')::text ~ ${named}
  `.execute(tx);
  return Number(numAffectedRows);
}
