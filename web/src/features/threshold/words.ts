import { countOf, formatNumber, formatThreshold } from '#contract/format.ts';
import type { FlagLevel } from '#contract/threshold-question.ts';
import type { Figures } from './threshold-data.ts';

/** What raises a flag. */
export const LEVEL_WORDS: Record<FlagLevel, string> = {
  literal: 'Literal rule',
  flagged: 'Watch or confirmed',
  confirmed: 'Confirmed only',
};

/** "Watch or confirmed at 15 %". */
export function settingWords({ level, risk_threshold }: Pick<Figures, 'level' | 'risk_threshold'>): string {
  return `${LEVEL_WORDS[level]} at ${formatThreshold(risk_threshold)}`;
}

/** "9.3", of a number that is expected and not counted, or of a mean: always with a digit after the point. */
export function formatExpected(value: number): string {
  return TENTHS.format(value);
}

/** "1.6", of flags opened and closed in a night; "–" when no night was counted: that is not none. */
export function formatChanges({ changes_per_day }: Figures): string {
  return changes_per_day === null ? '–' : formatExpected(changes_per_day);
}

/** "71 opened, 70 closed", or that no night was counted. */
export function changesWords({ opened, closed, changes_per_day }: Figures): string {
  if (changes_per_day === null) return 'no nights yet';
  return `${formatNumber(opened)} opened, ${formatNumber(closed)} closed`;
}

/** "in 31 nights with 90 days behind them". */
export function nightsWords(nights: number): string {
  return `in ${countOf(nights, 'night')} with 90 days behind ${nights === 1 ? 'it' : 'them'}`;
}

/** "−3", "+12" or "0". */
export function formatChange(change: number): string {
  if (change === 0) return '0';
  return `${change > 0 ? '+' : '−'}${formatNumber(Math.abs(change))}`;
}

/** Whether two settings are one and the same. */
export function isSameSetting(one: Figures, other: Figures): boolean {
  return one.level === other.level && one.risk_threshold === other.risk_threshold;
}

const TENTHS = new Intl.NumberFormat('en-US', { minimumFractionDigits: 1, maximumFractionDigits: 1 });
