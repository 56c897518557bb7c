import { TIER_WORDS } from '../contract/evidence-words.ts';
import type { EvidenceTier } from '../scoring/evidence.ts';
import { windowsAbove } from '../scoring/risk.ts';
import type { ReportFacts } from './facts.ts';

/**
 * What a report leads with: the evidence, or `no_sessions` when there is none in 90 days. Where evidence was not weighed
 * yet, the literal rule: `high_risk` or `low_risk`.
 */
export type ReportStatus = EvidenceTier | 'high_risk' | 'low_risk' | 'no_sessions';

export function reportStatus({
  counts,
  risk_threshold,
  evidence,
}: Pick<ReportFacts, 'counts' | 'risk_threshold' | 'evidence'>): ReportStatus {
  if (counts[90].sessions === 0) return 'no_sessions';
  if (evidence !== undefined) return evidence.tier;
  return windowsAbove(counts, risk_threshold).length > 0 ? 'high_risk' : 'low_risk';
}

/** Which colours a status has; the same four as on the screens. */
export type Tone = 'high' | 'watch' | 'clear' | 'unknown';

/** Risk is never told by colour alone: each status has its word and its icon, a character that needs no image. */
export const STATUS_WORDS: Record<ReportStatus, string> = {
  ...TIER_WORDS,
  high_risk: 'High risk',
  low_risk: 'Low risk',
  no_sessions: 'No sessions',
};

export const STATUS_TONES: Record<ReportStatus, Tone> = {
  confirmed: 'high',
  watch: 'watch',
  clear: 'clear',
  too_few: 'unknown',
  high_risk: 'high',
  low_risk: 'clear',
  no_sessions: 'unknown',
};

export const TONE_ICONS: Record<Tone, string> = { high: '▲', watch: '◐', clear: '✓', unknown: '◌' };
