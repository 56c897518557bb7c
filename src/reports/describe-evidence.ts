import {
  countOf,
  formatCounts,
  formatEstimate,
  formatProbability,
  formatRange,
  formatThreshold,
} from '../contract/format.ts';
import type { EvidenceTier } from '../scoring/evidence.ts';
import type { ReportFacts } from './facts.ts';
import { formatDay } from './format-time.ts';

/** How sure it is, in words: `likely` goes on after the tier, `details` are sentences. */
export type EvidenceWords = { likely: string; details: string[] };

/**
 * "96 % likely to be above 15 %", and what that rests on: the sessions that count, what is to be expected, and whether
 * the rate has risen. `null` where evidence was not weighed, or there is nothing to weigh.
 */
export function describeEvidence(facts: ReportFacts, timezone: string): EvidenceWords | null {
  const { evidence, counts, risk_threshold } = facts;
  if (evidence === undefined || counts[90].sessions === 0) return null;
  const likely = `${formatProbability(evidence.risk_probability)} likely to be above ${formatThreshold(risk_threshold)}`;
  return {
    // A tier stands until it is far less likely than what it takes to say it.
    likely: evidence.risk_probability < (SAID_FROM[evidence.tier] ?? 0) ? `still ${likely}` : likely,
    details: [describeExpected(evidence), ...describeLeftOut(facts), ...describeRise(evidence, timezone)],
  };
}

const SAID_FROM: Partial<Record<EvidenceTier, number>> = { confirmed: 0.9, watch: 0.5 };

type Weighed = NonNullable<ReportFacts['evidence']>;

function describeExpected(evidence: Weighed): string {
  const counts = { sessions: evidence.evidence_sessions, reschedules: evidence.evidence_reschedules };
  const noun = counts.sessions === 1 ? 'session' : 'sessions';
  const moved = counts.sessions === 0 ? 'No sessions that count' : `Moved ${formatCounts(counts)} ${noun}`;
  const { expected_rate, expected_rate_lower, expected_rate_upper } = evidence;
  const range = `most likely ${formatRange(expected_rate_lower, expected_rate_upper)}`;
  return `${moved} in 90 days; ${formatEstimate(expected_rate)} % is to be expected of the next ones (${range}).`;
}

function describeLeftOut({ counts, evidence }: ReportFacts): string[] {
  const leftOut = counts[90].sessions - (evidence?.evidence_sessions ?? 0);
  if (leftOut <= 0) return [];
  const lie = leftOut === 1 ? 'lies' : 'lie';
  return [
    `${countOf(leftOut, 'more session')} ${lie} on days when something moved everybody's, and ${leftOut === 1 ? 'does' : 'do'} not count.`,
  ];
}

function describeRise({ rise_signalled_at }: Weighed, timezone: string): string[] {
  if (rise_signalled_at === null) return [];
  return [`The tutor's own rate has risen: noticed on ${formatDay(rise_signalled_at, timezone)}.`];
}
