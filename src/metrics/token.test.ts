import { expect, it } from 'vitest';
import { bearerOf } from './token.ts';

it('lets in who sends the very token', () => {
  const isAdmitted = bearerOf('0123456789abcdef');
  const offered = [
    'Bearer 0123456789abcdef',
    'bearer 0123456789abcdef',
    'Bearer 0123456789abcde',
    '0123456789abcdef',
    '',
    undefined,
  ];
  expect(offered.map(isAdmitted)).toEqual([true, true, false, false, false, false]);
});

it('lets nobody in where there is none', () => {
  expect(['Bearer ', 'Bearer undefined', '', undefined].map(bearerOf(undefined))).toEqual([false, false, false, false]);
});
