import type { TutorPattern } from '../contract/pattern.ts';
import type { ScoreCounts } from '../scoring/risk.ts';
import type { Insights, ReportedEvidence } from './facts.ts';
import { describeInsights, type TutorMove } from './insights.ts';
import type { TutorFigures } from './make-queries.ts';

/** The stored counts of a tutor as scoring reads them. */
export function countsOf(tutor: TutorFigures): ScoreCounts {
  return {
    7: { sessions: tutor.total_sessions_7d, reschedules: tutor.tutor_reschedules_7d },
    30: { sessions: tutor.total_sessions_30d, reschedules: tutor.tutor_reschedules_30d },
    90: { sessions: tutor.total_sessions_90d, reschedules: tutor.tutor_reschedules_90d },
  };
}

/** The stored evidence of a tutor; `null` while it is not weighed yet. */
export function evidenceOf(tutor: TutorFigures): ReportedEvidence | null {
  const { risk_probability, expected_rate, expected_rate_lower, expected_rate_upper } = tutor;
  if (risk_probability === null || expected_rate === null) return null;
  if (expected_rate_lower === null || expected_rate_upper === null) return null;
  return {
    tier: tutor.evidence,
    risk_probability,
    expected_rate,
    expected_rate_lower,
    expected_rate_upper,
    evidence_sessions: tutor.evidence_sessions,
    evidence_reschedules: tutor.evidence_reschedules,
    rise_signalled_at: tutor.rise_signalled_at?.toISOString() ?? null,
  };
}

/** What a tutor's moves tell beside the counts. */
export type MoveStory = { moves: readonly TutorMove[]; patterns: readonly TutorPattern[] };

/** What a report says of a tutor beside the rates: the mail and the dashboard say the same. */
export function insightsOf(tutor: TutorFigures, { moves, patterns }: MoveStory, asOf: Date): Insights {
  const previous30d = { sessions: tutor.previous_sessions_30d, reschedules: tutor.previous_reschedules_30d };
  const situation = { counts: countsOf(tutor), threshold: tutor.risk_threshold, evidence: evidenceOf(tutor), patterns };
  return describeInsights({ ...situation, asOf, previous30d, moves });
}
