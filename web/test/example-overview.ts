import type { Overview } from '#contract/overview.ts';
import type { OnWire } from '../src/api/wire.ts';
import { exampleEvidence, examplePrior } from './example-evidence.ts';

export const AS_OF = '2026-11-21T12:00:00.000Z';

/** A marketplace of 214 tutors, none of them looked at closely; a test says what matters to it. */
export function exampleOverview(changes: Partial<OnWire<Overview>> = {}): OnWire<Overview> {
  return {
    as_of: AS_OF,
    window_days: 30,
    risk_threshold: 15,
    tutors: exampleTutors(),
    prior: examplePrior(),
    common_cause_days: [],
    flags: { opened: 5, closed: 2 },
    period: { total_sessions: 3_014, tutor_reschedules: 235, rate: 7.8 },
    previous_period: { total_sessions: 2_955, tutor_reschedules: 242, rate: 8.19 },
    sessions_by_status: { completed: 2_600, rescheduled: 264, no_show: 150 },
    distribution: exampleDistribution({ 0: 100, 5: 60, 10: 38, 15: 15, 30: 1 }),
    who_first: [],
    recent_flags: [],
    reports: { pending: 0, sending: 0, sent: 3_009, failed: 0 },
    recent_reports: [],
    waiting: { tutors: 0, since: null },
    ...changes,
  };
}

/** How the 214 tutors stand, but for what a test says. */
export function exampleTutors(changes: Partial<Overview['tutors']> = {}): Overview['tutors'] {
  return { total: 214, active: 200, high_risk: 31, confirmed: 12, watch: 9, clear: 160, too_few: 33, ...changes };
}

/** The twenty steps of five points, each with the tutors given by its lower end. */
export function exampleDistribution(tutors: Record<number, number>) {
  return Array.from({ length: 20 }, (_, index) => {
    const from = index * 5;
    return { from, to: from + 5, tutors: tutors[from] ?? 0 };
  });
}

/** A tutor who moved 20 of 80 sessions in 90 days, 9 of 29 in 30 days and none of 4 in 7 days. */
export function exampleTutor(name: string): OnWire<Overview>['who_first'][number] {
  return {
    id: `id-of-${name.toLowerCase()}`,
    name,
    is_active: true,
    is_high_risk: true,
    risk_threshold: 15,
    last_calculated_at: AS_OF,
    total_sessions_90d: 80,
    tutor_reschedules_90d: 20,
    reschedule_rate_90d: 25,
    total_sessions_30d: 29,
    tutor_reschedules_30d: 9,
    reschedule_rate_30d: 31.03,
    total_sessions_7d: 4,
    tutor_reschedules_7d: 0,
    reschedule_rate_7d: 0,
    ...exampleEvidence(),
  };
}

/** A flag that opened on 20 of 85 sessions, but for what a test says of it. */
export function exampleChange(
  changes: Partial<OnWire<Overview>['recent_flags'][number]> = {},
): OnWire<Overview>['recent_flags'][number] {
  return {
    tutor_id: 'id-of-tom',
    tutor_name: 'Tom',
    change: 'opened',
    rule: 'evidence',
    level: 'confirmed',
    risk_probability: 0.93,
    at: AS_OF,
    window_days: 90,
    sessions: 85,
    reschedules: 20,
    rate: 23.53,
    risk_threshold: 15,
    close_reason: null,
    ...changes,
  };
}
