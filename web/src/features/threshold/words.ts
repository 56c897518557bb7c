import { formatNumber, formatThreshold } from '#contract/format.ts';
import type { Figures } from './threshold-data.ts';

/** What raises a flag. */
export const LEVEL_WORDS: Record<Figures['level'], string> = {
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
