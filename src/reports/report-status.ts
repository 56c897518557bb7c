import { type ScoreCounts, windowsAbove } from '../scoring/risk.ts';

/** What a report leads with. `no_sessions` = none in 90 days; a flag always wins. */
export type ReportStatus = 'high_risk' | 'low_risk' | 'no_sessions';

export function reportStatus(counts: ScoreCounts, threshold: number): ReportStatus {
  if (windowsAbove(counts, threshold).length > 0) return 'high_risk';
  return counts[90].sessions === 0 ? 'no_sessions' : 'low_risk';
}

/** Risk is never told by colour alone: each status has its word and its icon, a character that needs no image. */
export const STATUS_WORDS = { high_risk: 'High risk', low_risk: 'Low risk', no_sessions: 'No sessions' } as const;
export const STATUS_ICONS = { high_risk: '▲', low_risk: '✓', no_sessions: '◌' } as const;
