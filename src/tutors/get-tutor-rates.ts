import type { TutorRates } from '../contract/tutor-history.ts';
import type { Db } from '../database/connection.ts';
import { commonCauseDaysWithin } from '../evidence/day-queries.ts';
import { describeDay } from '../evidence/describe.ts';
import { EVIDENCE_DAYS } from '../evidence/left-out-days.ts';
import type { Moment } from '../evidence/moment.ts';
import { priorFor } from '../evidence/prior-for.ts';
import { rescheduleRate } from '../scoring/reschedule-rate.ts';
import type { ScoreCounts } from '../scoring/risk.ts';
import { type CountedSession, rollingCounts } from '../scoring/rolling-rate.ts';
import { isWithin, type TimeWindow, windowAt } from '../scoring/window.ts';
import { getTutor } from './queries.ts';
import { flagsWithin, sessionsBetween } from './rate-queries.ts';
import { weigher } from './weigh-tutors.ts';

/**
 * The three windows of a tutor on each of the last `days` days, counted now, and how sure it was that the true rate is
 * above the threshold, weighed against the prior of the last day; `null` if the tutor is unknown.
 */
export async function getTutorRates(db: Db, moment: Moment, id: string, days: number): Promise<TutorRates | null> {
  const { asOf } = moment;
  const period = windowAt(asOf, days + EVIDENCE_DAYS);
  const [tutor, sessions, flags, prior, named] = await Promise.all([
    getTutor(db, id),
    sessionsBetween(db, id, period),
    flagsWithin(db, id, windowAt(asOf, days)),
    priorFor(db, moment),
    commonCauseDaysWithin(db, period),
  ]);
  if (tutor === null) return null;
  const weigh = weigher(prior, tutor.risk_threshold);
  const counted = rollingCounts(without(sessions, named), asOf, days);
  const points = rollingCounts(sessions, asOf, days).map(({ at, counts }, index) => {
    const { evidence: _, ...weighed } = weigh((counted[index]?.counts ?? counts)[90], 'too_few');
    return { at, ...countsOut(counts), ...weighed };
  });
  const { from } = windowAt(asOf, days);
  const common_cause_days = named.filter(({ ends_at }) => ends_at > from).map(describeDay);
  return { as_of: asOf, risk_threshold: tutor.risk_threshold, points, flags, common_cause_days };
}

function without(sessions: readonly CountedSession[], days: readonly { starts_at: Date; ends_at: Date }[]) {
  const leftOut: TimeWindow[] = days.map(({ starts_at, ends_at }) => ({ from: starts_at, until: ends_at }));
  return sessions.filter(({ scheduled_time }) => !leftOut.some((day) => isWithin(scheduled_time, day)));
}

function countsOut(counts: ScoreCounts) {
  return {
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
