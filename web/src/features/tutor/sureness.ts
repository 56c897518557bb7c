import { countOf, formatCounts, formatProbability } from '#contract/format.ts';
import type { TutorRates } from '#contract/tutor-history.ts';
import type { OnWire } from '../../api/wire.ts';
import { describeCloseReason } from '../../components/close-reason.ts';
import { formatCalendarDay } from '../../ui/time.tsx';
import type { RatePoint } from './rate-series.ts';

export type Flag = OnWire<TutorRates>['flags'][number];

/** Something that was said of the tutor on one day, in words. */
export type Said = { at: Date; words: string };

const LEVELS = { confirmed: 'Confirmed', watch: 'On watch', rule: 'High risk by the rule' } as const;

/** When each flag was opened and closed, and why, newest first. */
export function whatWasSaid(flags: readonly Flag[]): Said[] {
  return flags
    .flatMap((flag): Said[] => {
      const level = LEVELS[flag.level ?? 'rule'];
      const opened = `${level}: ${formatCounts(flag)} in ${flag.window_days} days${likely(flag.risk_probability)}`;
      const reason = describeCloseReason(flag.close_reason);
      const ended = `${level} ended${reason && `: ${reason}`}${likely(flag.closed_probability)}`;
      return [
        ...(flag.closed_at === null ? [] : [{ at: new Date(flag.closed_at), words: ended }]),
        { at: new Date(flag.opened_at), words: opened },
      ];
    })
    .sort((a, b) => b.at.getTime() - a.at.getTime());
}

/** "21 Nov 2026: 91 % likely above the threshold" */
export function describeSureness({ day, weighed }: RatePoint): string {
  if (weighed === null) return `${formatCalendarDay(day)}: no sessions`;
  return `${formatCalendarDay(day)}: ${formatProbability(weighed.probability)} likely to be above the threshold`;
}

/** The drawing in a sentence or two. */
export function summariseSureness(points: readonly RatePoint[], flags: readonly Flag[]): string {
  const last = points.at(-1);
  if (last === undefined || points.every(({ weighed }) => weighed === null)) return 'No sessions in this period.';
  const highest = points.reduce((best, point) => (probabilityOf(point) > probabilityOf(best) ? point : best));
  return `${describeSureness(last)}. Highest on ${describeSureness(highest)}. ${countOf(flags.length, 'flag')} in this period.`;
}

function probabilityOf({ weighed }: RatePoint): number {
  return weighed?.probability ?? 0;
}

function likely(probability: number | null): string {
  return probability === null ? '' : `, ${formatProbability(probability)} likely`;
}
