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
  insights: Insights;
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
