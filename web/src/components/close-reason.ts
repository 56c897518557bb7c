/** Why a flag was closed, to go on after its name; nothing where the reason is none that we know. */
export function describeCloseReason(reason: string | null): string {
  return CLOSE_REASONS.get(reason ?? '') ?? '';
}

const CLOSE_REASONS = new Map([
  ['threshold_raised', 'the threshold was raised'],
  ['became_confirmed', 'it became confirmed'],
  ['became_watch', 'it is on watch now'],
  ['too_few_sessions', 'too few sessions are left to say'],
  ['common_cause_day', 'a day with a common cause is left out'],
  ['fewer_moves', 'moves left the 90 days'],
  ['more_kept_sessions', 'sessions were kept'],
  ['prior_changed', 'what is usual among tutors has changed'],
  ['rate_fell', 'no window is above the threshold any more'],
  ['rule_replaced', 'flags follow the evidence now'],
]);
