import { expect, test } from 'vitest';
import { exampleEvidence } from '../../test/example-evidence.ts';
import { describeEvidence, formatInterval } from './evidence-words.ts';

test('says between which rates the true one lies, and nothing while it is not weighed', () => {
  expect(formatInterval(exampleEvidence())).toBe('14 to 26 %');
  expect(formatInterval({ expected_rate_lower: null, expected_rate_upper: null })).toBeNull();
});

test.each([
  [{}, 'Moved 20 of 85 sessions in 90 days: 91 % likely to be above 15 %.'],
  [{ risk_probability: null }, 'Moved 20 of 85 sessions in 90 days: not weighed yet.'],
  [{ evidence_sessions: 0, risk_probability: 0.09 }, 'No sessions in 90 days: 9 % likely to be above 15 %.'],
  [{ evidence_sessions: 0, risk_probability: null }, 'No sessions in 90 days.'],
])('says in a sentence what was counted and what follows: %o', (changes, sentence) => {
  expect(describeEvidence({ ...exampleEvidence(changes), risk_threshold: 15 })).toBe(sentence);
});
