import { expect, test } from 'vitest';
import { nearestTo, stepOf } from './walk.ts';

/** Two columns, the second with a spot far up; y grows downwards. */
const PLACES = [
  { x: 10, y: 90 },
  { x: 10, y: 60 },
  { x: 40, y: 80 },
  { x: 40, y: 10 },
];

test.each([
  ['ArrowRight', 0, 1],
  ['ArrowRight', 3, 3],
  ['ArrowLeft', 2, 1],
  ['ArrowLeft', 0, 0],
  ['Home', 3, 0],
  ['End', 0, 3],
  ['PageUp', 0, 3],
  ['PageDown', 3, 0],
  ['ArrowUp', 0, 1],
  ['ArrowUp', 2, 3],
  ['ArrowUp', 3, 3],
  ['ArrowDown', 1, 0],
  ['ArrowDown', 3, 2],
])('%s leads from %i to %i', (key, from, to) => {
  expect(stepOf(key, PLACES, from)).toBe(to);
});

test('other keys lead nowhere, and without spots there is nowhere to go', () => {
  expect(stepOf('a', PLACES, 0)).toBe(null);
  expect(stepOf('ArrowUp', [], 0)).toBe(0);
});

test('finds the nearest spot within reach', () => {
  expect(nearestTo(PLACES, { x: 12, y: 65 }, 16)).toBe(1);
  expect(nearestTo(PLACES, { x: 25, y: 40 }, 16)).toBe(null);
  expect(nearestTo([], { x: 0, y: 0 }, 16)).toBe(null);
});
