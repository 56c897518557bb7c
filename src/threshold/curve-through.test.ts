import { expect, it } from 'vitest';
import { curveThrough } from './curve-through.ts';

const step = (risk_threshold: number, flagged: number) => ({ risk_threshold, flagged });

it('puts what is told in the place of what the curve says, and in between', () => {
  const curve = [step(1, 30), step(2, 20), step(3, 10)];
  expect(curveThrough(curve, [step(2, 22), step(2.25, 17)])).toEqual([
    step(1, 30),
    step(2, 22),
    step(2.25, 17),
    step(3, 10),
  ]);
});

it('goes from below its first threshold, and not beyond its last one', () => {
  expect(curveThrough([step(1, 30), step(2, 20)], [step(0, 40), step(60, 1)])).toEqual([
    step(0, 40),
    step(1, 30),
    step(2, 20),
  ]);
});
