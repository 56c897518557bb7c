import type { TutorPattern } from '../src/contract/pattern.ts';
import type { ReportedEvidence, ReportedMove, ReportFacts } from '../src/reports/facts.ts';
import type { WindowCounts } from '../src/scoring/reschedule-rate.ts';

/** Facts of a report that tests vary; without changes a tutor above 15 % in 7 and 30 days whose evidence was not weighed. */
export function sampleFacts(changes: Partial<ReportFacts> = {}): ReportFacts {
  return {
    as_of: '2024-01-15T13:02:00.000Z',
    session: {
      id: '5a3f0c52-7d1e-4c0b-9a53-0f4c5f6c1e21',
      student_id: 's-1',
      scheduled_time: '2024-01-15T14:00:00.000Z',
      status: 'rescheduled',
      reschedule: sampleMove(),
    },
    tutor: { id: '0d9b6a14-33a4-4f0e-8b7a-5f0a3c1b2d99', name: 'Maria Lopez' },
    counts: countsOf([9, 3], [29, 9], [84, 12]),
    risk_threshold: 15,
    insights: {
      observations: [
        'The 7-day rate rests on 9 sessions: too few to judge alone.',
        '3 moves in the last 7 days, out of 9 sessions.',
        "6 of 9 moves in the last 30 days came with less than a day's notice.",
        '+23.1 points against the 30 days before (2 of 25, then 9 of 29).',
      ],
      recommendation: 'Talk to the tutor: ask what is behind the moves, and whether the booked hours still suit.',
    },
    ...changes,
  };
}

export function sampleMove(changes: Partial<ReportedMove> = {}): ReportedMove {
  return {
    initiator: 'tutor',
    new_time: '2024-01-16T14:00:00.000Z',
    hours_before_session: 3,
    reason: 'Personal emergency',
    reason_code: null,
    ...changes,
  };
}

/** Evidence that tests vary; without changes of a tutor who is confirmed to be above 15 %. */
export function sampleEvidence(changes: Partial<ReportedEvidence> = {}): ReportedEvidence {
  return {
    tier: 'confirmed',
    risk_probability: 0.957,
    expected_rate: 19.86,
    expected_rate_lower: 13.94,
    expected_rate_upper: 26.41,
    evidence_sessions: 84,
    evidence_reschedules: 20,
    rise_signalled_at: null,
    ...changes,
  };
}

/** A pattern that tests vary; without changes 12 of 20 moves on Fridays. */
export function samplePattern(changes: Partial<TutorPattern> = {}): TutorPattern {
  return {
    kind: 'weekday',
    name: 'Friday',
    moves_inside: 12,
    moves_all: 20,
    sessions_inside: 20,
    sessions_all: 100,
    rate_ratio: 6,
    rate_ratio_lower: 2.5,
    rate_ratio_upper: 15,
    adjusted_p_value: 0.004,
    sentence:
      'Fridays: 12 of 20 moves, but 20 of 100 sessions; moved 6 times as often as on other days (between 2.5 and 15 times).',
    ...changes,
  };
}

/** Counts of 7, 30 and 90 days, each `[sessions, reschedules]`. */
export function countsOf(
  week: [number, number],
  month: [number, number],
  quarter: [number, number],
): ReportFacts['counts'] {
  return { 7: pair(week), 30: pair(month), 90: pair(quarter) };
}

function pair([sessions, reschedules]: [number, number]): WindowCounts {
  return { sessions, reschedules };
}
