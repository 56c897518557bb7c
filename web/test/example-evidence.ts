import type { Prior } from '#contract/evidence.ts';
import type { TutorListItem } from '#contract/tutors.ts';
import type { OnWire } from '../src/api/wire.ts';

type Evidence = Pick<
  OnWire<TutorListItem>,
  | 'evidence'
  | 'risk_probability'
  | 'expected_rate'
  | 'expected_rate_lower'
  | 'expected_rate_upper'
  | 'evidence_sessions'
  | 'evidence_reschedules'
  | 'prior_version'
  | 'rise_signalled_at'
>;

/** A tutor who moved 20 of 85 sessions, weighed against the prior of `examplePrior`, but for what a test says of it. */
export function exampleEvidence(changes: Partial<Evidence> = {}): Evidence {
  return {
    evidence: 'confirmed',
    risk_probability: 0.907,
    expected_rate: 19.86,
    expected_rate_lower: 13.97,
    expected_rate_upper: 26.44,
    evidence_sessions: 85,
    evidence_reschedules: 20,
    prior_version: 3,
    rise_signalled_at: null,
    ...changes,
  };
}

/** What is usual among the tutors of a healthy marketplace. */
export function examplePrior(changes: Partial<OnWire<Prior>> = {}): OnWire<Prior> {
  return {
    version: 3,
    as_of: '2026-11-21T02:00:00.000Z',
    basis: 'fitted',
    a: 2.04,
    b: 23.95,
    mean_rate: 7.85,
    rate_lower: 1.45,
    rate_upper: 17.9,
    tutors: 200,
    sessions: 9_100,
    reschedules: 712,
    ...changes,
  };
}
