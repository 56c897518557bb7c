import type { ScoreCounts } from '../scoring/risk.ts';
import type { Insights } from './facts.ts';
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

/** What a report says of a tutor beside the rates: the mail and the dashboard say the same. */
export function insightsOf(tutor: TutorFigures, moves: readonly TutorMove[], asOf: Date): Insights {
  const previous30d = { sessions: tutor.previous_sessions_30d, reschedules: tutor.previous_reschedules_30d };
  return describeInsights({ asOf, counts: countsOf(tutor), threshold: tutor.risk_threshold, previous30d, moves });
}
