import { at } from './at.ts';
import { isInBand, type RateBand, SHARES } from './targets.ts';

/** One tutor's sessions of one stretch of time, of which a number is to be moved by the tutor. */
export type MoveCell = { sessions: number; rate: number; band: RateBand };

type MoveLimits = { least: number; most: number };

/** Whole numbers of sessions of each kind; `movedByTutor` is a part of `rescheduled`. */
export function sessionQuotas(sessions: number): { movedByTutor: number; rescheduled: number; noShow: number } {
  const [, rescheduled = 0, noShow = 0] = apportion(sessions, [SHARES.completed, SHARES.rescheduled, SHARES.noShow]);
  return { rescheduled, noShow, movedByTutor: Math.round(rescheduled * SHARES.movedByTutor) };
}

/**
 * Shares out whole units by weight (largest remainders first), each getting at least its floor as long as the total
 * allows all floors. The parts always add up to `total`; weights that are all zero count as equal.
 */
export function apportion(total: number, weights: readonly number[], floors: readonly number[] = []): number[] {
  const floorTotal = floors.reduce((sum, floor) => sum + floor, 0);
  if (floorTotal === 0 || floorTotal > total) return byLargestRemainder(total, weights);
  const weightTotal = weights.reduce((sum, weight) => sum + weight, 0);
  const above = weights.map((weight, index) => Math.max(0, (total * weight) / weightTotal - at(floors, index)));
  const parts = byLargestRemainder(total - floorTotal, above);
  return parts.map((part, index) => part + at(floors, index));
}

/**
 * How many sessions of each cell the tutor moves: close to the cell's rate, inside its band, and `total` in all.
 * Where the bands exclude the total, the bands win. Earlier cells are adjusted first; `draw` gives numbers in [0, 1).
 */
export function moveQuotas(cells: readonly MoveCell[], total: number, draw: () => number): number[] {
  const limits = cells.map(limitsOf);
  const moves = cells.map(({ sessions, rate }, index) => {
    const { least, most } = at(limits, index);
    return Math.min(most, Math.max(least, Math.floor(sessions * rate + draw())));
  });
  let missing = total - moves.reduce((sum, count) => sum + count, 0);
  for (let changed = true; changed && missing !== 0; ) {
    changed = false;
    for (let index = 0; index < moves.length && missing !== 0; index += 1) {
      const step = Math.sign(missing);
      const adjusted = at(moves, index) + step;
      const { least, most } = at(limits, index);
      if (adjusted < least || adjusted > most) continue;
      moves[index] = adjusted;
      missing -= step;
      changed = true;
    }
  }
  return moves;
}

/** The whole numbers of moves inside the band; where there is none, the two next to the rate. */
function limitsOf({ sessions, rate, band }: MoveCell): MoveLimits {
  const least = Math.max(0, Math.floor((sessions * band.over) / 100) + 1);
  const most = Math.floor((sessions * band.upTo) / 100);
  if (isInBand(least, sessions, band)) return { least, most };
  return { least: Math.floor(sessions * rate), most: Math.min(sessions, Math.ceil(sessions * rate)) };
}

function byLargestRemainder(total: number, weights: readonly number[]): number[] {
  const weightTotal = weights.reduce((sum, weight) => sum + weight, 0);
  if (weights.length === 0) return [];
  const shares = weights.map((weight) => (weightTotal > 0 ? (total * weight) / weightTotal : total / weights.length));
  const parts = shares.map(Math.floor);
  const byRemainder = shares
    .map((share, index) => ({ index, remainder: share - Math.floor(share) }))
    .sort((one, other) => other.remainder - one.remainder || one.index - other.index);
  const left = total - parts.reduce((sum, part) => sum + part, 0);
  for (const { index } of byRemainder.slice(0, left)) parts[index] = at(parts, index) + 1;
  return parts;
}
