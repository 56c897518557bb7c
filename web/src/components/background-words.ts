import type { CommonCauseDay, Prior } from '#contract/evidence.ts';
import { countOf, formatCounts, formatEstimate, formatNumber, formatRange } from '#contract/format.ts';
import type { OnWire } from '../api/wire.ts';
import { formatCalendarDay } from '../ui/time.tsx';

/** What every tutor is held against, in a sentence: what is usual among tutors. */
export function describePrior({ basis, ...prior }: OnWire<Prior>): string {
  switch (basis) {
    case 'fitted':
      return (
        `Usual among tutors: ${formatEstimate(prior.mean_rate)} % ` +
        `(${formatCounts(prior)} in 90 days, ${countOf(prior.tutors, 'tutor')}); ` +
        `nine of ten are at ${formatRange(prior.rate_lower, prior.rate_upper)}.`
      );
    case 'no_difference':
      return 'The data show no difference between tutors.';
    case 'assumed':
      return 'Too little data yet to tell how tutors differ: the usual is assumed.';
    default:
      return basis satisfies never;
  }
}

/** "3 Nov 2026: 120 of 240 sessions were moved; left out of the evidence." */
export function describeCommonCause({ day, ...counts }: CommonCauseDay): string {
  const { sessions, reschedules } = counts;
  const moved = `${formatNumber(reschedules)} of ${countOf(sessions, 'session')}`;
  return `${formatCalendarDay(day)}: ${moved} were moved; left out of the evidence.`;
}
