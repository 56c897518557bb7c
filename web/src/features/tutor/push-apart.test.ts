import { expect, test } from 'vitest';
import { pushApart } from './push-apart.ts';

test('leaves labels alone that are far enough apart', () => {
  expect(pushApart([10, 60, 30], 16, 0, 100)).toEqual([10, 60, 30]);
});

test('pushes neighbours apart and keeps the order they were asked in', () => {
  expect(pushApart([52, 50, 51], 16, 0, 200)).toEqual([82, 50, 66]);
});

test('keeps labels at the lower edge inside', () => {
  expect(pushApart([98, 99, 100], 16, 0, 100)).toEqual([68, 84, 100]);
});

test('keeps labels at the upper edge inside', () => {
  expect(pushApart([-5, 2, 4], 16, 0, 100)).toEqual([0, 16, 32]);
});
