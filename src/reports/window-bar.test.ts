import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isAboveThreshold } from '../scoring/risk.ts';
import type { WindowLine } from './describe-report.ts';
import { barCells, barScale } from './window-bar.ts';

function line(sessions: number, reschedules: number, threshold: number): WindowLine {
  const is_above = isAboveThreshold({ sessions, reschedules }, threshold);
  return { days: 30, sessions, reschedules, counted: '', rate: '', verdict: '', is_above };
}

function partsOf(sessions: number, reschedules: number): string {
  const cells = barCells(line(sessions, reschedules, 15), 15, 30);
  return cells.map(({ part }) => part).join(' ');
}

describe('a rate bar', () => {
  it('stays left of the threshold or crosses it', () => {
    expect(partsOf(100, 5)).toBe('filled empty tick empty');
    expect(partsOf(100, 25)).toBe('over tick over empty');
    expect(partsOf(100, 30)).toBe('over tick over');
    expect(partsOf(100, 0)).toBe('empty tick empty');
    expect(partsOf(0, 0)).toBe('empty tick empty');
  });

  it('has widths above 0 that make 100 together, and says "over" just when the counts do', () => {
    const counts = fc
      .integer({ min: 0, max: 5_000 })
      .chain((sessions) => fc.tuple(fc.constant(sessions), fc.integer({ min: 0, max: sessions })));
    const threshold = fc.integer({ min: 0, max: 10_000 }).map((hundredths) => hundredths / 100);
    fc.assert(
      fc.property(counts, threshold, ([sessions, reschedules], limit) => {
        const shown = line(sessions, reschedules, limit);
        const cells = barCells(shown, limit, barScale([shown], limit));
        expect(cells.reduce((sum, { width }) => sum + width, 0)).toBe(100);
        expect(cells.every(({ width }) => width > 0)).toBe(true);
        expect(cells.some(({ part }) => part === 'over')).toBe(shown.is_above);
      }),
    );
  });
});
