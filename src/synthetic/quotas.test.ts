import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { apportion, moveQuotas, sessionQuotas } from './quotas.ts';

const LOW = { over: -1, upTo: 10 };
const HIGH = { over: 20, upTo: 40 };

describe('apportion', () => {
  test('gives what is left over to the largest remainders', () => {
    expect(apportion(10, [0.6, 0.25, 0.15])).toEqual([6, 3, 1]);
  });

  test('keeps the floors while the total allows them', () => {
    expect(apportion(10, [100, 1, 1], [1, 3, 1])).toEqual([6, 3, 1]);
    expect(apportion(4, [100, 1, 1], [1, 3, 1])).toEqual([4, 0, 0]);
  });

  test('always adds up', () => {
    const total = fc.integer({ min: 0, max: 10_000 });
    const weights = fc.array(fc.nat(50), { minLength: 1 });
    fc.assert(
      fc.property(total, weights, (wanted, parts) => {
        const floors = parts.map(() => 2);
        expect(apportion(wanted, parts).reduce((sum, part) => sum + part, 0)).toBe(wanted);
        expect(apportion(wanted, parts, floors).reduce((sum, part) => sum + part, 0)).toBe(wanted);
      }),
    );
  });
});

describe('moveQuotas', () => {
  const cells = [
    { sessions: 100, rate: 0.3, band: HIGH },
    { sessions: 20, rate: 0.05, band: LOW },
  ];

  test('adds up to the total by adjusting cell after cell, the first ones first', () => {
    expect(moveQuotas(cells, 32, () => 0)).toEqual([31, 1]);
    expect(moveQuotas(cells, 36, () => 0)).toEqual([34, 2]);
  });

  test('never leaves a band, even if the total is missed', () => {
    expect(moveQuotas(cells, 120, () => 0)).toEqual([40, 2]);
    expect(moveQuotas(cells, 0, () => 0)).toEqual([21, 0]);
  });

  test('takes a whole number next to the rate where the band holds none', () => {
    expect(moveQuotas([{ sessions: 1, rate: 0.3, band: HIGH }], 1, () => 0)).toEqual([1]);
  });
});

test('3,000 sessions are 2,100 completed, 750 rescheduled, 150 missed', () => {
  expect(sessionQuotas(3000)).toEqual({ rescheduled: 750, movedByTutor: 737, noShow: 150 });
});
