import { sql } from 'kysely';
import type { Db } from './connection.ts';
import { tryAgain } from './statements/try-again.ts';

/** Deletes all tutors, sessions, reports, and all that was worked out from them; settings stay. Comes again if a running app is in the way. */
export async function clearAll(db: Db): Promise<void> {
  await tryAgain(() =>
    sql`
      truncate tutors, sessions, reschedules, tutor_scores, risk_flags, tutors_to_rescore, email_reports, sweep_state,
               rate_priors, marketplace_days, rise_watches, rise_alarms, erased_tutors
    `.execute(db),
  );
}
