import { expect, test } from 'vitest';
import { exampleEvidence } from '../../test/example-evidence.ts';
import { formatInterval } from './evidence-words.ts';

test('says between which rates the true one lies, and nothing while it is not weighed', () => {
  expect(formatInterval(exampleEvidence())).toBe('14 to 26 %');
  expect(formatInterval({ expected_rate_lower: null, expected_rate_upper: null })).toBeNull();
});
