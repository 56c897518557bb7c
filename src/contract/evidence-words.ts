import { type EvidenceTier, TIER_LIMITS } from '../scoring/evidence.ts';
import { formatCounts, formatEstimate, formatProbability, formatRange, formatThreshold } from './format.ts';

/** The tiers as badges and subjects of mails name them. */
export const TIER_WORDS: Record<EvidenceTier, string> = {
  confirmed: 'Confirmed',
  watch: 'Watch',
  clear: 'Clear',
  too_few: 'Too few sessions',
};

/** How a tutor stands: the probability is 0 to 1, `null` = not weighed yet; the threshold per 100 sessions. */
type Weighed = {
  evidence: EvidenceTier;
  risk_probability: number | null;
  evidence_sessions: number;
  evidence_reschedules: number;
  risk_threshold: number;
};

/**
 * Why a tutor is where it is, in one sentence: what was counted, and what follows from it. The API, the screens and the
 * mails all say it in these words: "Moved 20 of 85 sessions in 90 days: 91 % likely to be above 15 %."
 */
export function describeWhy(tutor: Weighed): string {
  const moved = movedWords(tutor);
  if (tutor.evidence_sessions === 0) return `${moved}.`;
  const likely = likelyWords(tutor) ?? 'not weighed yet';
  return tutor.evidence === 'too_few' ? `${moved}: too few to say (${likely}).` : `${moved}: ${likely}.`;
}

/** "Moved 20 of 85 sessions in 90 days", without the days that are left out: the first half of the sentence. */
export function movedWords({
  evidence_sessions: sessions,
  evidence_reschedules: reschedules,
}: Pick<Weighed, 'evidence_sessions' | 'evidence_reschedules'>): string {
  if (sessions === 0) return 'No sessions that count in 90 days';
  return `Moved ${formatCounts({ sessions, reschedules })} ${sessions === 1 ? 'session' : 'sessions'} in 90 days`;
}

/**
 * "91 % likely to be above 15 %", the second half; `null` where nothing was weighed. A tier stands until it is far less
 * likely than what it takes to say it, and then this says for how long: "62 % likely to be above 15 %, still confirmed
 * until below 50 %".
 */
export function likelyWords({
  evidence,
  evidence_sessions,
  risk_probability,
  risk_threshold,
}: Pick<Weighed, 'evidence' | 'evidence_sessions' | 'risk_probability' | 'risk_threshold'>): string | null {
  if (risk_probability === null || evidence_sessions === 0) return null;
  const likely = `${formatProbability(risk_probability)} likely to be above ${formatThreshold(risk_threshold)}`;
  if (evidence !== 'confirmed' && evidence !== 'watch') return likely;
  const { from, until } = TIER_LIMITS[evidence];
  if (risk_probability >= from) return likely;
  return `${likely}, still ${STANDING[evidence]} until below ${formatProbability(until)}`;
}

const STANDING = { confirmed: 'confirmed', watch: 'on watch' } as const;

/** "most likely 14 to 26 %, best guess 20 %", of the true rate per 100 sessions, which nobody sees. */
export function trueRateWords({ rate, lower, upper }: { rate: number; lower: number; upper: number }): string {
  return `most likely ${formatRange(lower, upper)}, best guess ${formatEstimate(rate)} %`;
}
