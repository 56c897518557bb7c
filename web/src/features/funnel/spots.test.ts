import { expect, test } from 'vitest';
import { funnelTutor } from '../../../test/example-funnel.ts';
import { spotsOf } from './spots.ts';

test('tutors with the same counts share a spot, drawn by the most serious of them', () => {
  const spots = spotsOf([
    funnelTutor('Ada', { sessions: 3, reschedules: 1, evidence: 'too_few' }),
    funnelTutor('Bob', { sessions: 3, reschedules: 1, evidence: 'watch' }),
    funnelTutor('Cyd', { sessions: 3, reschedules: 1, evidence: 'clear' }),
  ]);
  expect(spots).toHaveLength(1);
  expect(spots[0]).toMatchObject({ sessions: 3, reschedules: 1, evidence: 'watch' });
  expect(spots[0]?.tutors.map(({ name }) => name)).toEqual(['Ada', 'Bob', 'Cyd']);
  expect(spots[0]?.rate).toBeCloseTo(33.333, 3);
});

test('spots go from left to right, and upwards', () => {
  const spots = spotsOf([
    funnelTutor('Ada', { sessions: 40, reschedules: 9 }),
    funnelTutor('Bob', { sessions: 9, reschedules: 9 }),
    funnelTutor('Cyd', { sessions: 40, reschedules: 2 }),
  ]);
  expect(spots.map(({ key }) => key)).toEqual(['9:9', '40:2', '40:9']);
});
