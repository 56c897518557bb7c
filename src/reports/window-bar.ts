import type { WindowLine } from './describe-report.ts';

/** A stretch of a rate bar, for one table cell: its width in percent and what it stands for. */
export type BarCell = { width: number; part: 'filled' | 'over' | 'tick' | 'empty' };

const TICK_WIDTH = 1;

/**
 * A rate against the threshold as cells from left to right, 100 in all, the tick at the threshold. The scale ends at
 * `scaleEnd` percent. Only a picture of the figures beside it; a flag is decided on counts, so "over" follows `is_above`.
 */
export function barCells(
  { sessions, reschedules, is_above }: WindowLine,
  threshold: number,
  scaleEnd: number,
): BarCell[] {
  const room = 100 - TICK_WIDTH;
  const tick = Math.round((threshold / scaleEnd) * room);
  const rate = sessions === 0 ? 0 : Math.round(((100 * reschedules) / sessions / scaleEnd) * room);
  const cells: BarCell[] = is_above
    ? [
        { width: tick, part: 'over' },
        { width: TICK_WIDTH, part: 'tick' },
        { width: Math.max(rate, tick + 1) - tick, part: 'over' },
        { width: room - Math.max(rate, tick + 1), part: 'empty' },
      ]
    : [
        { width: Math.min(rate, tick), part: 'filled' },
        { width: tick - Math.min(rate, tick), part: 'empty' },
        { width: TICK_WIDTH, part: 'tick' },
        { width: room - tick, part: 'empty' },
      ];
  return cells.filter(({ width }) => width > 0);
}

/** Twice the threshold, or the highest rate, so that the tick stands in the same place in every row. */
export function barScale(windows: readonly WindowLine[], threshold: number): number {
  const rates = windows.map(({ sessions, reschedules }) => (sessions === 0 ? 0 : (100 * reschedules) / sessions));
  return Math.max(2 * threshold, ...rates, 1);
}
