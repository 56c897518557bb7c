import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DriftChart, driftChart, driftWeights, watchDrift } from './drift.ts';
import { expectedSteps } from './markov-chain.ts';
import { averageRunLength, driftLimit } from './run-length.ts';

const CHART = chartFor(0.08, 0.16);

describe('the running statistic', () => {
  it('adds the weights, never falls below 0, signals at the limit and starts again', () => {
    const weights = { moved: 2, kept: -0.5 };
    const points = watchDrift([false, true, false, true, true, false, true], weights, 3);
    expect(points.map(({ statistic }) => statistic)).toEqual([0, 2, 1.5, 3.5, 2, 1.5, 3.5]);
    expect(points.map(({ isSignal }) => isSignal)).toEqual([false, false, false, true, false, false, true]);
    expect(watchDrift([], weights, 3)).toEqual([]);
  });

  it('reaches a limit of whole steps in spite of its roundings', () => {
    // Three times 0.7 is 2.0999999999999996.
    expect(watchDrift([true, true, true], { moved: 0.7, kept: -0.1 }, 2.1).at(-1)?.isSignal).toBe(true);
    const { weights, keptForMove } = CHART;
    const limit = (2 * keptForMove - 3) * -weights.kept;
    expect(watchDrift([true, false, false, false, true], weights, limit).at(-1)?.isSignal).toBe(true);
    expect(watchDrift([true, false, false, false, false, true], weights, limit).at(-1)?.isSignal).toBe(false);
  });

  it('is what the largest sum over any stretch up to now is, until a signal', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { maxLength: 60 }), (isMoved) => {
        const weights = driftWeights(0.08, 0.2);
        for (const [index, { statistic }] of watchDrift(isMoved, weights, Infinity).entries()) {
          let [sum, largest] = [0, 0];
          for (const moved of isMoved.slice(0, index + 1).toReversed()) {
            sum += moved ? weights.moved : weights.kept;
            largest = Math.max(largest, sum);
          }
          expect(statistic).toBeCloseTo(largest, 10);
        }
      }),
    );
  });
});

describe('a chart', () => {
  it('is shifted until eight kept sessions outweigh a move', () => {
    expect(CHART.keptForMove).toBe(8);
    expect(CHART.raisedRate).toBeCloseTo(0.14833624, 8);
    expect(CHART.weights.moved).toBeCloseTo(8 * -CHART.weights.kept, 12);
  });

  it('watches for a rate above the usual one, by whole steps, wherever there is one', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.005, max: 0.49, noNaN: true }),
        fc.double({ min: 0.02, max: 0.9, noNaN: true }),
        (usual, share) => {
          const chart = chartFor(usual, usual + (1 - usual) * share);
          expect(chart.raisedRate).toBeGreaterThan(usual);
          expect(chart.raisedRate).toBeLessThan(1);
          expect(chart.weights.moved / -chart.weights.kept / chart.keptForMove).toBeCloseTo(1, 8);
        },
      ),
    );
  });

  it('is none where a move is the usual thing', () => {
    expect(driftChart(0.5, 0.7)).toBe(null);
    expect(driftChart(0.8, 0.9)).toBe(null);
  });
});

describe('the average run length', () => {
  it('is 1 over the rate where one move is enough, and much the same as when watched', () => {
    expect(averageRunLength(CHART, 0.01, 0.08)).toBeCloseTo(12.5, 10);
    const limit = driftLimit(CHART, 100);
    expect(watchedRunLength(CHART, limit, 0.08) / averageRunLength(CHART, limit, 0.08)).toBeCloseTo(1, 1);
  });

  it('is longer for a higher limit and shorter for a higher rate', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.2, max: 4, noNaN: true }),
        fc.double({ min: 0.03, max: 0.9, noNaN: true }),
        (limit, rate) => {
          const length = averageRunLength(CHART, limit, rate);
          expect(length).toBeGreaterThanOrEqual(1 / rate - 1e-9);
          expect(averageRunLength(CHART, limit + 0.3, rate)).toBeGreaterThanOrEqual(length);
          expect(averageRunLength(CHART, limit + CHART.weights.moved, rate)).toBeGreaterThan(length);
          expect(averageRunLength(CHART, limit, rate + 0.05)).toBeLessThan(length);
        },
      ),
    );
  });

  it('is at least the one that a limit was asked for, and would not be one step lower', () => {
    fc.assert(
      fc.property(fc.integer({ min: 15, max: 3000 }), (wanted) => {
        const limit = driftLimit(CHART, wanted);
        expect(averageRunLength(CHART, limit, 0.08)).toBeGreaterThanOrEqual(wanted);
        expect(averageRunLength(CHART, limit + CHART.weights.kept, 0.08)).toBeLessThan(wanted);
      }),
    );
    expect(driftLimit(CHART, 700)).toBeCloseTo(2.7785473, 6);
  });
});

describe('the steps of a Markov chain', () => {
  it('are those of small chains that can be counted out', () => {
    expect(expectedSteps([])).toBe(0);
    expect(expectedSteps([new Map()])).toBe(1);
    expect(expectedSteps([new Map([[0, 0.75]])])).toBe(4);
    expect(expectedSteps([new Map([[1, 1]]), new Map([[0, 0.5]])])).toBe(4);
    expect(expectedSteps([new Map([[0, 1]])])).toBe(Infinity);
  });
});

function chartFor(usualRate: number, raisedRate: number): DriftChart {
  const chart = driftChart(usualRate, raisedRate);
  if (chart === null) throw new Error('There is a chart for this rate.');
  return chart;
}

/** Over 200,000 sessions of a simple generator, the same each time. */
function watchedRunLength({ weights }: DriftChart, limit: number, rate: number): number {
  let state = 20_240_115;
  const isMoved = Array.from({ length: 200_000 }, () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647 < rate;
  });
  const points = watchDrift(isMoved, weights, limit);
  return (points.findLastIndex(({ isSignal }) => isSignal) + 1) / points.filter(({ isSignal }) => isSignal).length;
}
