import type { CommonCauseDay, Prior } from '../contract/evidence.ts';
import { credibleInterval, expectedRate } from '../scoring/posterior.ts';
import { rescheduleRate } from '../scoring/reschedule-rate.ts';
import type { StoredPrior } from './prior-queries.ts';

/** A stored prior as it is told: what is usual among tutors, per 100 sessions. */
export function describePrior(stored: StoredPrior): Prior {
  const { lower, upper } = credibleInterval(stored);
  return {
    ...stored,
    mean_rate: perCent(expectedRate(stored)),
    rate_lower: perCent(lower),
    rate_upper: perCent(upper),
  };
}

/** A day as it is told; with a tutor's own counts, or with those of the whole marketplace. */
export function describeDay({ day, sessions, reschedules }: Omit<CommonCauseDay, 'rate'>): CommonCauseDay {
  return { day, sessions, reschedules, rate: rescheduleRate({ sessions, reschedules }) ?? 0 };
}

function perCent(share: number): number {
  return Math.round(10_000 * share) / 100;
}
