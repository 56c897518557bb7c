import { expect, test } from 'vitest';
import { examplePrior } from '../../test/example-evidence.ts';
import { describeCommonCause, describePrior } from './background-words.ts';

test.each([
  ['fitted', 'Usual among tutors: 7.8 % (712 of 9,100 in 90 days, 200 tutors); nine of ten are at 1.4 to 18 %.'],
  ['no_difference', 'The data show no difference between tutors.'],
  ['assumed', 'Too little data yet to tell how tutors differ: the usual is assumed.'],
] as const)('says what tutors are held against when it is %s', (basis, sentence) => {
  expect(describePrior(examplePrior({ basis }))).toBe(sentence);
});

test('names a day of a common cause with the counts of all tutors', () => {
  const day = { day: '2026-11-03', sessions: 240, reschedules: 120, rate: 50 };
  expect(describeCommonCause(day)).toBe('3 Nov 2026: 120 of 240 sessions were moved; left out of the evidence.');
});
