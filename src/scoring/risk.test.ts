import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_RISK_THRESHOLD, isAboveThreshold, isHighRisk, type ScoreCounts, windowsAbove } from './risk.ts';

const NONE = { sessions: 0, reschedules: 0 };
const ABOVE = { sessions: 10, reschedules: 2 };
const BELOW = { sessions: 10, reschedules: 1 };

const counts = fc
  .tuple(fc.nat(1_000_000_000), fc.nat(1_000_000_000))
  .map(([a, b]) => ({ sessions: Math.max(a, b), reschedules: Math.min(a, b) }));
/** In hundredths, so that the exact answer can be worked out in integers. */
const hundredths = fc.integer({ min: 0, max: 10_000 });

describe('a rate against the threshold', () => {
  it.each([
    { sessions: 20, reschedules: 3, threshold: 15, isAbove: false },
    { sessions: 20, reschedules: 4, threshold: 15, isAbove: true },
    { sessions: 4006, reschedules: 601, threshold: 15, isAbove: true },
    { sessions: 4007, reschedules: 601, threshold: 15, isAbove: false },
    { sessions: 1_000_000, reschedules: 150_001, threshold: 15, isAbove: true },
    { sessions: 1_000_000, reschedules: 150_000, threshold: 15, isAbove: false },
    // As doubles, 8.05 * 100 is more than 805 and 4.35 * 100 less than 435.
    { sessions: 2000, reschedules: 247, threshold: 12.35, isAbove: false },
    { sessions: 2000, reschedules: 248, threshold: 12.35, isAbove: true },
    { sessions: 2000, reschedules: 161, threshold: 8.05, isAbove: false },
    { sessions: 2000, reschedules: 162, threshold: 8.05, isAbove: true },
    { sessions: 2000, reschedules: 87, threshold: 4.35, isAbove: false },
    { sessions: 2000, reschedules: 88, threshold: 4.35, isAbove: true },
    { sessions: 10_000, reschedules: 1, threshold: 0.01, isAbove: false },
    { sessions: 9_999, reschedules: 1, threshold: 0.01, isAbove: true },
    { sessions: 5, reschedules: 0, threshold: 0, isAbove: false },
    { sessions: 5, reschedules: 1, threshold: 0, isAbove: true },
    { sessions: 5, reschedules: 5, threshold: 100, isAbove: false },
    { sessions: 5, reschedules: 5, threshold: 99.99, isAbove: true },
    { sessions: 0, reschedules: 0, threshold: 0, isAbove: false },
    { sessions: 0, reschedules: 0, threshold: 15, isAbove: false },
  ])('$reschedules of $sessions at $threshold is above: $isAbove', ({ threshold, isAbove, ...window }) => {
    expect(isAboveThreshold(window, threshold)).toBe(isAbove);
  });

  it('is what exact arithmetic says, for every threshold of two decimals', () => {
    fc.assert(
      fc.property(counts, hundredths, ({ sessions, reschedules }, threshold) => {
        const isAbove = 10_000n * BigInt(reschedules) > BigInt(threshold) * BigInt(sessions);
        expect(isAboveThreshold({ sessions, reschedules }, threshold / 100)).toBe(isAbove);
      }),
    );
  });

  it('is never above where the rate equals the threshold, and always with one move more', () => {
    fc.assert(
      fc.property(hundredths, fc.integer({ min: 1, max: 10_000 }), (threshold, times) => {
        const equal = { sessions: 10_000 * times, reschedules: threshold * times };
        expect(isAboveThreshold(equal, threshold / 100)).toBe(false);
        expect(isAboveThreshold({ ...equal, reschedules: equal.reschedules + 1 }, threshold / 100)).toBe(true);
      }),
    );
  });

  it('is above no higher threshold that it was not above before', () => {
    fc.assert(
      fc.property(counts, hundredths, hundredths, (window, a, b) => {
        const [low, high] = [Math.min(a, b) / 100, Math.max(a, b) / 100];
        expect(!isAboveThreshold(window, high) || isAboveThreshold(window, low)).toBe(true);
      }),
    );
  });
});

describe('a tutor', () => {
  it.each<{ counts: ScoreCounts; above: number[] }>([
    { counts: { 7: ABOVE, 30: BELOW, 90: BELOW }, above: [7] },
    { counts: { 7: BELOW, 30: ABOVE, 90: BELOW }, above: [30] },
    { counts: { 7: NONE, 30: NONE, 90: ABOVE }, above: [90] },
    { counts: { 7: ABOVE, 30: BELOW, 90: ABOVE }, above: [7, 90] },
    { counts: { 7: ABOVE, 30: ABOVE, 90: ABOVE }, above: [7, 30, 90] },
    { counts: { 7: BELOW, 30: BELOW, 90: BELOW }, above: [] },
    { counts: { 7: NONE, 30: NONE, 90: NONE }, above: [] },
  ])('is high risk when any window is above: $above', ({ counts: windows, above }) => {
    expect(windowsAbove(windows, DEFAULT_RISK_THRESHOLD)).toEqual(above);
    expect(isHighRisk(windows, DEFAULT_RISK_THRESHOLD)).toBe(above.length > 0);
  });

  it('starts with a threshold of 15', () => {
    expect(DEFAULT_RISK_THRESHOLD).toBe(15);
  });

  it('who moved nothing is never high risk', () => {
    fc.assert(
      fc.property(fc.nat(1000), fc.nat(1000), fc.nat(1000), hundredths, (a, b, c, threshold) => {
        const windows = { 7: none(a), 30: none(a + b), 90: none(a + b + c) };
        expect(isHighRisk(windows, threshold / 100)).toBe(false);
      }),
    );
  });
});

function none(sessions: number) {
  return { sessions, reschedules: 0 };
}
