import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TIER_LIMITS } from '../scoring/evidence.ts';
import { rescheduleRate } from '../scoring/reschedule-rate.ts';
import { countOf, formatCounts, formatNotice, formatProbability, formatRate, formatThreshold } from './format.ts';

describe('a rate', () => {
  it.each([
    [9, 29, '31.0 %', '9 of 29'],
    [5, 27, '18.5 %', '5 of 27'],
    [0, 4, '0.0 %', '0 of 4'],
    [1, 1, '100.0 %', '1 of 1'],
    [601, 4_006, '15.0 %', '601 of 4,006'],
    [1, 2_000, '0.1 %', '1 of 2,000'],
    [0, 0, '–', 'no sessions'],
  ])('of %i in %i is shown as %s with its counts', (reschedules, sessions, rate, counts) => {
    expect(formatRate({ sessions, reschedules })).toBe(rate);
    expect(formatCounts({ sessions, reschedules })).toBe(counts);
  });

  it('is rounded once, never twice', () => {
    const counts = fc
      .integer({ min: 1, max: 5_000 })
      .chain((sessions) =>
        fc.record({ sessions: fc.constant(sessions), reschedules: fc.integer({ min: 0, max: sessions }) }),
      );
    fc.assert(
      fc.property(counts, ({ sessions, reschedules }) => {
        const shown = Number.parseFloat(formatRate({ sessions, reschedules }));
        expect(Math.abs(shown - (100 * reschedules) / sessions)).toBeLessThanOrEqual(0.05 + 1e-9);
        expect(Math.abs(shown - (rescheduleRate({ sessions, reschedules }) ?? 0))).toBeLessThanOrEqual(0.055 + 1e-9);
      }),
    );
  });
});

describe('a probability', () => {
  it.each([
    [0.957, '96 %'],
    [0.9, '90 %'],
    [0.896, '89 %'],
    [0.4999, '49 %'],
    [0.399, '39 %'],
    [0.4, '40 %'],
    [0.555, '56 %'],
    [0.504, '50 %'],
    [0.996, 'over 99 %'],
    [1, 'over 99 %'],
    [0.004, 'under 1 %'],
    [0, 'under 1 %'],
  ])('of %d is shown as %s', (probability, shown) => {
    expect(formatProbability(probability)).toBe(shown);
  });

  it('is never shown on the other side of what a tier takes', () => {
    const limits = Object.values(TIER_LIMITS).flatMap(({ from, until }) => [from, until]);
    fc.assert(
      fc.property(
        fc.constantFrom(...limits),
        fc.double({ min: 0.02, max: 0.98, noNaN: true }),
        (limit, probability) => {
          expect(Number.parseInt(formatProbability(probability), 10) >= 100 * limit).toBe(probability >= limit);
        },
      ),
    );
  });
});

describe('a notice', () => {
  it.each([
    [3, '3 h before the start'],
    [3.97, '3.9 h before the start'],
    [23.99, '23 h before the start'],
    [47.99, '47 h before the start'],
    [48, '2 days before the start'],
    [1_000, '41 days before the start'],
    [0.25, '15 min before the start'],
    [0.01, '1 min before the start'],
    [0, 'at the start'],
    [-0.5, '30 min after the start'],
    [-5, '5 h after the start'],
  ])('of %d h is "%s", never longer than it was', (hours, words) => {
    expect(formatNotice(hours)).toBe(words);
  });
});

describe('a count and a threshold', () => {
  it('have their noun in the right number and no needless zeros', () => {
    expect([0, 1, 2, 1_200].map((count) => countOf(count, 'move'))).toEqual([
      '0 moves',
      '1 move',
      '2 moves',
      '1,200 moves',
    ]);
    expect([15, 12.5, 12.25].map(formatThreshold)).toEqual(['15 %', '12.5 %', '12.25 %']);
  });
});
