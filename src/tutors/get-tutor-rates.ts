import type { TutorRates } from '../contract/tutor-history.ts';
import type { Db } from '../database/connection.ts';
import { commonCauseDaysWithin } from '../evidence/day-queries.ts';
import { describeDay } from '../evidence/describe.ts';
import { EVIDENCE_DAYS } from '../evidence/left-out-days.ts';
import type { Moment } from '../evidence/moment.ts';
import { priorFor } from '../evidence/prior-for.ts';
import { priorsWithin, type StoredPrior } from '../evidence/prior-queries.ts';
import { rescheduleRate } from '../scoring/reschedule-rate.ts';
import type { ScoreCounts } from '../scoring/risk.ts';
import { type CountedSession, rollingCounts } from '../scoring/rolling-rate.ts';
import { isWithin, type TimeWindow, windowAt } from '../scoring/window.ts';
import { getTutor } from './queries.ts';
import { flagsWithin, sessionsBetween } from './rate-queries.ts';
import { weigher } from './weigh-tutors.ts';

/**
 * The three windows of a tutor on each of the last `days` days, counted now, and how sure it is that the true rate was
 * above the threshold of today, weighed against the prior of that night; `null` if the tutor is unknown.
 */
export async function getTutorRates(db: Db, moment: Moment, id: string, days: number): Promise<TutorRates | null> {
  const { asOf } = moment;
  const period = windowAt(asOf, days + EVIDENCE_DAYS);
  const shown = windowAt(asOf, days);
  const [tutor, sessions, flags, fallback, priors, named] = await Promise.all([
    getTutor(db, id),
    sessionsBetween(db, id, period),
    flagsWithin(db, id, shown),
    priorFor(db, moment),
    priorsWithin(db, shown),
    commonCauseDaysWithin(db, period),
  ]);
  if (tutor === null) return null;
  const weighAt = weighersOf(priors, fallback, tutor.risk_threshold);
  const counted = rollingCounts(without(sessions, named), asOf, days);
  const points = rollingCounts(sessions, asOf, days).map(({ at, counts }, index) => {
    const { evidence: _, ...weighed } = weighAt(at)((counted[index]?.counts ?? counts)[90], 'too_few');
    return { at, ...countsOut(counts), ...weighed };
  });
  const common_cause_days = named.filter(({ ends_at }) => ends_at > shown.from).map(describeDay);
  return { as_of: asOf, risk_threshold: tutor.risk_threshold, points, flags, common_cause_days };
}

/** Weighs by the prior that was in force at an instant; where none was stored yet, by that of the last day. */
function weighersOf(priors: readonly StoredPrior[], fallback: StoredPrior, threshold: number) {
  const weighers = priors.map((prior) => ({ from: prior.as_of, weigh: weigher(prior, threshold) }));
  const weighLast = weigher(fallback, threshold);
  return (at: Date) => weighers.findLast(({ from }) => from !== null && from <= at)?.weigh ?? weighLast;
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
