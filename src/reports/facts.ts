import type { EvidenceTier } from '../scoring/evidence.ts';
import type { ScoreCounts } from '../scoring/risk.ts';

/**
 * What one mail says, fixed when the report is made and stored with it: a mail that is retried or sent again
 * tomorrow says what was true today. Times are ISO 8601 in UTC.
 */
export type ReportFacts = {
  as_of: string;
  session: {
    id: string;
    student_id: string;
    scheduled_time: string;
    status: 'completed' | 'rescheduled' | 'no_show';
    reschedule: ReportedMove | null;
  };
  tutor: { id: string; name: string };
  counts: ScoreCounts;
  risk_threshold: number;
  /** Absent in reports from before evidence was weighed. */
  evidence?: ReportedEvidence;
  insights: Insights;
};

/** How sure it is that the tutor is above the threshold; rates are per 100 sessions, the probability is 0 to 1. */
export type ReportedEvidence = {
  tier: EvidenceTier;
  risk_probability: number;
  expected_rate: number;
  expected_rate_lower: number;
  expected_rate_upper: number;
  evidence_sessions: number;
  evidence_reschedules: number;
  /** When the last alarm for a rise of the tutor's own rate was given; null = none in 30 days. */
  rise_signalled_at: string | null;
};

export type ReportedMove = {
  initiator: 'tutor' | 'student';
  /** null = cancelled. */
  new_time: string | null;
  /** Hours between the request and the scheduled start; null = unknown. */
  hours_before_session: number | null;
  reason: string | null;
  reason_code: string | null;
};

/** Sentences for a reader with ten seconds: what was seen, most important first, and what to do. */
export type Insights = { observations: string[]; recommendation: string };
