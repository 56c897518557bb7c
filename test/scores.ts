import { databaseClock } from '../src/database/clock.ts';
import type { Db } from '../src/database/connection.ts';
import { processSessions } from '../src/sessions/process-sessions.ts';

const RECIPIENT = 'admin@tutors.example';

/** Scores what is waiting and makes its reports, as a worker would; a tutor whose work fails fails the test. */
export async function workOff(db: Db): Promise<void> {
  const deps = {
    db,
    clock: databaseClock,
    recipients: [RECIPIENT],
    timezone: 'UTC',
    reportsMade: () => {},
    tutorFailed: (_: string, error: unknown) => {
      throw error;
    },
  };
  await processSessions(deps, new AbortController().signal);
}

/** The stored counts and flags of these tutors, in id order. */
export async function scoresOf(db: Db, tutorIds: readonly string[]) {
  return db
    .selectFrom('tutor_scores')
    .select(['tutor_id', 'total_sessions_7d', 'total_sessions_30d', 'total_sessions_90d', 'is_high_risk'])
    .select(['tutor_reschedules_7d', 'tutor_reschedules_30d', 'tutor_reschedules_90d'])
    .where('tutor_id', 'in', tutorIds)
    .orderBy('tutor_id')
    .execute();
}
