import type { StoredPrior } from '../evidence/prior-queries.ts';
import { type EvidenceQuestion, type EvidenceTier, evidenceOf } from '../scoring/evidence.ts';
import type { WindowCounts } from '../scoring/reschedule-rate.ts';
import type { CountedTutor } from './count-queries.ts';
import type { NewScore } from './score-queries.ts';

/** A tutor's counts, and the tier said last. */
export type Unweighed = CountedTutor & { before: EvidenceTier };

/** Weighs counted tutors against a prior; `threshold` and the rates that come back are per 100 sessions. */
export function weighTutors(tutors: readonly Unweighed[], prior: StoredPrior, threshold: number): NewScore[] {
  const weigh = weigher(prior, threshold);
  return tutors.map(({ before, ...tutor }) => {
    const counts = { sessions: tutor.evidence_sessions, reschedules: tutor.evidence_reschedules };
    return { ...tutor, ...weigh(counts, before), prior_version: prior.version };
  });
}

/** Evidence as it is stored and sent: rates per 100 sessions, with two decimals. */
type Weighed = Pick<
  NewScore,
  'evidence' | 'risk_probability' | 'expected_rate' | 'expected_rate_lower' | 'expected_rate_upper'
>;

/** Weighs one tutor after the other. Many have the same counts: each question is answered once. */
export function weigher({ a, b }: Pick<StoredPrior, 'a' | 'b'>, threshold: number) {
  const answers = new Map<string, Weighed>();
  return (counts: WindowCounts, before: EvidenceTier): Weighed => {
    const key = `${counts.sessions} ${counts.reschedules} ${before}`;
    const answer = answers.get(key) ?? weighed({ prior: { a, b }, counts, threshold: threshold / 100, before });
    answers.set(key, answer);
    return answer;
  };
}

function weighed(question: EvidenceQuestion): Weighed {
  const { evidence, risk_probability, expected_rate, interval } = evidenceOf(question);
  return {
    evidence,
    risk_probability,
    expected_rate: percent(expected_rate),
    expected_rate_lower: percent(interval.lower),
    expected_rate_upper: percent(interval.upper),
  };
}

/** Rounded as it is stored. */
function percent(share: number): number {
  return Math.round(10_000 * share) / 100;
}
