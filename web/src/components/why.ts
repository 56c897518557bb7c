import { formatCounts, formatThreshold } from '#contract/format.ts';
import { type ScoreCounts, windowsAbove } from '#scoring/risk.ts';

/**
 * Why a tutor is, or is not, high risk, in one sentence with its counts; the longest window above the threshold
 * leads, since it stands on most sessions.
 */
export function describeWhy(counts: ScoreCounts, threshold: number): string {
  const above = windowsAbove(counts, threshold).toSorted((a, b) => b - a);
  if (above.length > 0) {
    const windows = above.map((days) => `${formatCounts(counts[days])} in ${days} days`).join(', ');
    return `Moved ${windows}: above ${formatThreshold(threshold)}.`;
  }
  if (counts[90].sessions === 0) return 'No sessions in the last 90 days.';
  return `Moved ${formatCounts(counts[90])} sessions in 90 days: no window is above ${formatThreshold(threshold)}.`;
}
