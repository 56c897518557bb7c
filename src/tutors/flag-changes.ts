import type { CloseReason } from '../contract/evidence.ts';
import { isFlagged } from '../scoring/evidence.ts';
import type { NewScore, StoredScore } from './score-queries.ts';

/** A flag that opens: its level, and the score that says so. */
export type OpenedFlag = { level: 'confirmed' | 'watch'; score: NewScore };

export type ClosedFlag = { tutor_id: string; close_reason: CloseReason; closed_probability: number };

/** Which flags open and close when these scores, judged by `threshold`, take the place of those. */
export function flagChanges(
  before: readonly StoredScore[],
  after: readonly NewScore[],
  threshold: number,
): { opened: OpenedFlag[]; closed: ClosedFlag[] } {
  const stored = new Map(before.map((score) => [score.tutor_id, score]));
  const opened: OpenedFlag[] = [];
  const closed: ClosedFlag[] = [];
  for (const score of after) {
    const last = stored.get(score.tutor_id);
    if (last === undefined || last.evidence === score.evidence) continue;
    const { tutor_id, risk_probability } = score;
    if (isFlagged(last.evidence)) {
      const close_reason = closeReason(last, score, threshold);
      closed.push({ tutor_id, close_reason, closed_probability: risk_probability });
    }
    if (isFlagged(score.evidence)) opened.push({ level: score.evidence, score });
  }
  return { opened, closed };
}

/** What took the flag away: what is said instead, else the first thing of those it rests on that has changed. */
function closeReason(before: StoredScore, after: NewScore, threshold: number): CloseReason {
  if (after.evidence === 'confirmed') return 'became_confirmed';
  if (after.evidence === 'watch') return 'became_watch';
  if (threshold > before.risk_threshold) return 'threshold_raised';
  if (leftOut(after) > leftOut(before)) return 'common_cause_day';
  if (after.evidence === 'too_few') return 'too_few_sessions';
  if (after.evidence_reschedules < before.evidence_reschedules) return 'fewer_moves';
  if (after.evidence_sessions > before.evidence_sessions) return 'more_kept_sessions';
  return 'prior_changed';
}

function leftOut({ total_sessions_90d, evidence_sessions }: StoredScore | NewScore): number {
  return total_sessions_90d - evidence_sessions;
}
