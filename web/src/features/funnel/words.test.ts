import { expect, test } from 'vitest';
import { exampleFunnel, funnelTutor } from '../../../test/example-funnel.ts';
import { spotsOf } from './spots.ts';
import { describePlace, describeSpot, namesAt, summaryOf } from './words.ts';

const LIMITS = { centre: 8, hasOuter: true };
const FAR = funnelTutor('Maria', {
  sessions: 29,
  reschedules: 9,
  evidence: 'confirmed',
  risk_probability: 0.96,
  outside: '99.8',
  outside_overdispersed: '95',
});

test('says outside of which limits a tutor lies, and on which side', () => {
  expect(describePlace(FAR, LIMITS)).toBe('above outer 95 %');
  expect(describePlace(FAR, { ...LIMITS, hasOuter: false })).toBe('above chance 99.8 %');
  expect(describePlace(funnelTutor('Low', { reschedules: 0, outside: '95' }), LIMITS)).toBe('below chance 95 %');
  expect(describePlace(funnelTutor('Usual'), LIMITS)).toBe('within chance');
});

test('describes a spot of one tutor whole, and of several by their names and counts', () => {
  const [one] = spotsOf([FAR]);
  if (one === undefined) throw new Error('no spot');
  expect(describeSpot(one, LIMITS)).toBe(
    'Maria: 31.0 %, 9 of 29; confirmed, 96 % likely above the threshold; above outer 95 %',
  );
  const [several] = spotsOf([
    ...['Ada', 'Bob', 'Cyd', 'Dee'].map((name) => funnelTutor(name)),
    funnelTutor('Eve', { evidence: 'watch' }),
  ]);
  if (several === undefined) throw new Error('no spot');
  expect(describeSpot(several, LIMITS)).toBe(
    '5 tutors: Ada, Bob, Cyd and 2 more; 8.0 %, 4 of 50; 1 watch, 4 clear; within chance',
  );
  expect(namesAt({ ...several, tutors: several.tutors.slice(0, 2) })).toBe('2 tutors: Ada, Bob');
});

test('sums the picture up: how many lie outside of what chance does, and of the outer limits', () => {
  const tutors = [FAR, funnelTutor('Far', { ...FAR, outside_overdispersed: '99.8' }), funnelTutor('Usual')];
  expect(summaryOf(exampleFunnel(tutors), LIMITS)).toBe(
    '3 tutors with sessions in the last 90 days moved 20.4 % of them, 22 of 108. ' +
      '2 above and none below what chance does in 99.8 % of cases; 1 above the outer limits.',
  );
  expect(summaryOf(exampleFunnel([funnelTutor('Usual')]), { ...LIMITS, hasOuter: false })).toBe(
    '1 tutor with sessions in the last 90 days moved 8.0 % of them, 4 of 50. ' +
      'None above and none below what chance does in 99.8 % of cases.',
  );
  expect(summaryOf(exampleFunnel([]), LIMITS)).toBe('No tutor has sessions in the last 90 days.');
});
