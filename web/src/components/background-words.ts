import type { CommonCauseDay, Prior } from '#contract/evidence.ts';
import { countOf, formatCounts, formatNumber } from '#contract/format.ts';
import type { OnWire } from '../api/wire.ts';
import { formatCalendarDay } from '../ui/time.tsx';

/** What every tutor is held against, in a sentence: what is usual among tutors. */
export function describePrior({ basis, ...prior }: OnWire<Prior>): string {
  switch (basis) {
    case 'fitted':
      return (
        `Usual among tutors: ${prior.mean_rate.toFixed(1)} % ` +
        `(${formatCounts(prior)} in 90 days, ${countOf(prior.tutors, 'tutor')}); ` +
        `nine of ten are between ${prior.rate_lower.toFixed(1)} and ${prior.rate_upper.toFixed(1)} %.`
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
