import type { TutorRates } from '../contract/tutors.ts';
import type { Clock } from '../database/clock.ts';
import type { Db } from '../database/connection.ts';
import { rescheduleRate } from '../scoring/reschedule-rate.ts';
import { type RollingPoint, rollingCounts } from '../scoring/rolling-rate.ts';
import { windowAt } from '../scoring/window.ts';
import { getTutor } from './queries.ts';
import { flagsWithin, sessionsBetween } from './rate-queries.ts';

const LONGEST_WINDOW_DAYS = 90;

/** The three windows of a tutor on each of the last `days` days, counted now; `null` if the tutor is unknown. */
export async function getTutorRates(db: Db, clock: Clock, id: string, days: number): Promise<TutorRates | null> {
  const as_of = await clock(db);
  const [tutor, sessions, flags] = await Promise.all([
    getTutor(db, id),
    sessionsBetween(db, id, windowAt(as_of, days + LONGEST_WINDOW_DAYS)),
    flagsWithin(db, id, windowAt(as_of, days)),
  ]);
  if (tutor === null) return null;
  const points = rollingCounts(sessions, as_of, days).map(pointOf);
  return { as_of, risk_threshold: tutor.risk_threshold, points, flags };
}

function pointOf({ at, counts }: RollingPoint): TutorRates['points'][number] {
  return {
    at,
    total_sessions_7d: counts[7].sessions,
    total_sessions_30d: counts[30].sessions,
    total_sessions_90d: counts[90].sessions,
    tutor_reschedules_7d: counts[7].reschedules,
    tutor_reschedules_30d: counts[30].reschedules,
    tutor_reschedules_90d: counts[90].reschedules,
    reschedule_rate_7d: rescheduleRate(counts[7]),
    reschedule_rate_30d: rescheduleRate(counts[30]),
    reschedule_rate_90d: rescheduleRate(counts[90]),
  };
}
