import { sql } from 'kysely';
import type { Db } from './connection.ts';

/** Deletes all tutors, sessions, scores, flags and reports; settings stay. */
export async function clearAll(db: Db): Promise<void> {
  await sql`
    truncate email_reports, reschedules, sessions, risk_flags, tutors_to_rescore, tutor_scores, tutors, sweep_state
  `.execute(db);
}
