import type { ScoreCounts } from '#scoring/risk.ts';

type Statistics = {
  total_sessions_7d: number;
  total_sessions_30d: number;
  total_sessions_90d: number;
  tutor_reschedules_7d: number;
  tutor_reschedules_30d: number;
  tutor_reschedules_90d: number;
};

/** The counts of the three windows by their days, as the scoring's own functions read them. */
export function countsOf(row: Statistics): ScoreCounts {
  return {
    7: { sessions: row.total_sessions_7d, reschedules: row.tutor_reschedules_7d },
    30: { sessions: row.total_sessions_30d, reschedules: row.tutor_reschedules_30d },
    90: { sessions: row.total_sessions_90d, reschedules: row.tutor_reschedules_90d },
  };
}
