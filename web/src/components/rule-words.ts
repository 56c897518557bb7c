import { formatThreshold } from '#contract/format.ts';
import { type ScoreCounts, windowsAbove } from '#scoring/risk.ts';

/** The literal rule in words: "above 15 % in the last 7 and 30 days", or that it is not. */
export function describeRule(counts: ScoreCounts, threshold: number): string {
  if (counts[90].sessions === 0) return 'no sessions in the last 90 days';
  const above = windowsAbove(counts, threshold).toSorted((a, b) => a - b);
  if (above.length === 0) return `not above ${formatThreshold(threshold)} in any window`;
  return `above ${formatThreshold(threshold)} in the last ${LIST.format(above.map(String))} days`;
}

const LIST = new Intl.ListFormat('en-GB');
