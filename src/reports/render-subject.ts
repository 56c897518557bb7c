import { formatCounts, formatRate } from '../contract/format.ts';
import { isAboveThreshold, windowsAbove } from '../scoring/risk.ts';
import type { WindowDays } from '../scoring/window.ts';
import { isolate, shorten } from './clean-text.ts';
import { nameOf } from './describe-report.ts';
import type { ReportFacts } from './facts.ts';
import { reportStatus, STATUS_WORDS } from './report-status.ts';

const NAME_LENGTH = 60;

/**
 * "High risk: Maria Lopez moved 9 of 29 sessions (31.0 %) in 30 days". One line, at most about 130 characters.
 * The window is the one of 30 days, or the one that raised the flag when that one did not.
 */
export function renderSubject({ tutor, counts, risk_threshold }: ReportFacts): string {
  const name = isolate(shorten(nameOf(tutor), NAME_LENGTH));
  const status = reportStatus(counts, risk_threshold);
  if (status === 'no_sessions') return `${STATUS_WORDS[status]} in 90 days: ${name}`;
  const days = subjectWindow(counts, risk_threshold);
  const { sessions } = counts[days];
  if (sessions === 0) return `${STATUS_WORDS[status]}: ${name}, no sessions in ${days} days`;
  const moved = `moved ${formatCounts(counts[days])} ${sessions === 1 ? 'session' : 'sessions'}`;
  return `${STATUS_WORDS[status]}: ${name} ${moved} (${formatRate(counts[days])}) in ${days} days`;
}

function subjectWindow(counts: ReportFacts['counts'], threshold: number): WindowDays {
  if (isAboveThreshold(counts[30], threshold)) return 30;
  return windowsAbove(counts, threshold)[0] ?? 30;
}
