import {
  countOf,
  formatEstimate,
  formatNumber,
  formatProbability,
  formatRange,
  formatThreshold,
} from '#contract/format.ts';
import type { TutorListItem } from '#contract/tutors.ts';
import type { OnWire } from '../api/wire.ts';

type Interval = Pick<TutorListItem, 'expected_rate_lower' | 'expected_rate_upper'>;
type Weighed = Pick<
  OnWire<TutorListItem>,
  'risk_probability' | 'evidence_sessions' | 'evidence_reschedules' | 'risk_threshold'
>;

/** "20 %", of a rate that is expected and not counted: more digits would claim too much. */
export function formatExpected(rate: number): string {
  return `${formatEstimate(rate)} %`;
}

/** "14 to 26 %", where the true rate lies with 90 %; nothing while it is not weighed. */
export function formatInterval({ expected_rate_lower, expected_rate_upper }: Interval): string | null {
  if (expected_rate_lower === null || expected_rate_upper === null) return null;
  return formatRange(expected_rate_lower, expected_rate_upper);
}

/** Why a tutor is where it is, in one sentence: what was counted, and what follows from it. */
export function describeEvidence(tutor: Weighed): string {
  const { risk_probability, evidence_sessions, evidence_reschedules, risk_threshold } = tutor;
  const threshold = formatThreshold(risk_threshold);
  const likely =
    risk_probability === null ? null : `${formatProbability(risk_probability)} likely to be above ${threshold}`;
  if (evidence_sessions === 0)
    return likely === null ? 'No sessions in 90 days.' : `No sessions in 90 days: ${likely}.`;
  const moved = `Moved ${formatNumber(evidence_reschedules)} of ${countOf(evidence_sessions, 'session')} in 90 days`;
  return likely === null ? `${moved}: not weighed yet.` : `${moved}: ${likely}.`;
}
