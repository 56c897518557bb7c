import { likelyWords, movedWords, trueRateWords } from '../contract/evidence-words.ts';
import { countOf } from '../contract/format.ts';
import type { ReportFacts } from './facts.ts';
import { formatDay } from './format-time.ts';

/** How sure it is, in words: `likely` goes on after the tier, if any session counts; `details` are sentences. */
export type EvidenceWords = { likely: string | null; details: string[] };

/**
 * "96 % likely to be above 15 %", and what that rests on: the sessions that count, where the true rate lies, and whether
 * the rate has risen. `null` where evidence was not weighed, or there are no sessions.
 */
export function describeEvidence(facts: ReportFacts, timezone: string): EvidenceWords | null {
  const { evidence, counts, risk_threshold } = facts;
  if (evidence === undefined || counts[90].sessions === 0) return null;
  return {
    likely: likelyWords({ ...evidence, evidence: evidence.tier, risk_threshold }),
    details: [describeCounted(evidence), ...describeLeftOut(facts), ...describeRise(evidence, timezone)],
  };
}

type Weighed = NonNullable<ReportFacts['evidence']>;

function describeCounted(evidence: Weighed): string {
  const moved = movedWords(evidence);
  if (evidence.evidence_sessions === 0) return `${moved}.`;
  const { expected_rate: rate, expected_rate_lower: lower, expected_rate_upper: upper } = evidence;
  return `${moved}; the true rate is ${trueRateWords({ rate, lower, upper })}.`;
}

function describeLeftOut({ counts, evidence }: ReportFacts): string[] {
  const counted = evidence?.evidence_sessions ?? 0;
  const leftOut = counts[90].sessions - counted;
  if (leftOut <= 0) return [];
  const lie = leftOut === 1 ? 'lies' : 'lie';
  return [
    `${countOf(leftOut, counted === 0 ? 'session' : 'more session')} ${lie} on days when something moved everybody's, and ${leftOut === 1 ? 'does' : 'do'} not count.`,
  ];
}

function describeRise({ rise_signalled_at }: Weighed, timezone: string): string[] {
  if (rise_signalled_at === null) return [];
  return [`The tutor's own rate has risen: noticed on ${formatDay(rise_signalled_at, timezone)}.`];
}
