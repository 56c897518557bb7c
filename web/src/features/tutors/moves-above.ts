type Counts = { sessions: number; reschedules: number };

/**
 * How many moves lie above (+) or below (−) what the threshold allows for this many sessions: "+4.7". The threshold
 * has at most two decimals, so that the sum is one of integers; halves are rounded away from zero.
 *
 * @example formatMovesAbove({ sessions: 29, reschedules: 9 }, 15) // "+4.7", since 15 % of 29 are 4.35
 */
export function formatMovesAbove({ sessions, reschedules }: Counts, threshold: number): string {
  if (sessions === 0) return '–';
  const exact = 10_000 * reschedules - Math.round(threshold * 100) * sessions;
  const words = (Math.round(Math.abs(exact) / 1000) / 10).toFixed(1);
  return exact === 0 ? words : `${exact > 0 ? '+' : '−'}${words}`;
}
