import { formatCounts, formatProbability, formatThreshold } from '#contract/format.ts';
import { describeCloseReason } from '../../components/close-reason.ts';
import type { IconName } from '../../ui/icon.tsx';
import type { OverviewData } from './overview-data.ts';

type Change = OverviewData['recent_flags'][number];

/** How a change of a flag looks, and what it is called. */
type State = { look: 'confirmed' | 'watch' | 'over' | 'moved_on' | 'unknown'; icon: IconName; words: string };

/** "Confirmed", "Watch", or what has ended; a flag of the literal rule has no level. */
export function stateOf({ change, level, close_reason }: Change): State {
  if (change === 'opened') {
    return level === 'watch'
      ? { look: 'watch', icon: 'half-circle', words: 'Watch' }
      : { look: 'confirmed', icon: 'triangle', words: level === null ? 'High risk' : 'Confirmed' };
  }
  const words = `${level === null ? 'High risk' : level === 'watch' ? 'Watch' : 'Confirmed'} ended`;
  if (MOVES_ON.has(close_reason)) return { look: 'moved_on', icon: 'right', words };
  if (close_reason === 'too_few_sessions') return { look: 'unknown', icon: 'dashed-circle', words };
  return { look: 'over', icon: 'check', words };
}

/** Why, with the figures of that moment: those of the opening, and how likely it still is where it has ended. */
export function reasonOf({ change, risk_probability, close_reason, ...flag }: Change): string {
  const threshold = formatThreshold(flag.risk_threshold);
  const likely =
    risk_probability === null ? '' : `${formatProbability(risk_probability)} likely to be above ${threshold}`;
  if (change === 'opened') {
    const counts = `${formatCounts(flag)} in ${flag.window_days} days`;
    return `${counts}, ${likely || `above ${threshold}`}`;
  }
  return [describeCloseReason(close_reason), likely].filter(Boolean).join('; ');
}

/** The tutor is still flagged, at another level or by another rule. */
const MOVES_ON: ReadonlySet<Change['close_reason']> = new Set(['became_confirmed', 'became_watch', 'rule_replaced']);
