import { expect, it } from 'vitest';
import { answeredOnce } from './answered-once.ts';

it('works each question out once, also where the answer is no', () => {
  const asked: string[] = [];
  const ask = answeredOnce(({ sessions, reschedules }) => {
    asked.push(`${reschedules} of ${sessions}`);
    return reschedules > sessions / 2;
  });
  const questions = [
    { sessions: 3, reschedules: 1 },
    { sessions: 3, reschedules: 2 },
    { sessions: 3, reschedules: 1 },
    { sessions: 1.5, reschedules: 1 },
  ];
  expect(questions.map(ask)).toEqual([false, true, false, true]);
  expect(asked).toEqual(['1 of 3', '2 of 3', '1 of 1.5']);
});
