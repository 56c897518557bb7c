import type { CloseReason } from '#contract/evidence.ts';

/** Why a flag was closed, to go on after its name; nothing while it is open. */
export function describeCloseReason(reason: CloseReason | null): string {
  return reason === null ? '' : REASONS[reason];
}

const REASONS: Record<CloseReason, string> = {
  threshold_raised: 'the threshold was raised',
  became_confirmed: 'it became confirmed',
  became_watch: 'it is on watch now',
  too_few_sessions: 'too few sessions are left to say',
  common_cause_day: 'a day with a common cause is left out',
  fewer_moves: 'fewer moves are in the 90 days',
  more_kept_sessions: 'sessions were kept',
  prior_changed: 'what is usual among tutors has changed',
  rate_fell: 'no window is above the threshold any more',
  rule_replaced: 'flags follow the evidence now',
};
