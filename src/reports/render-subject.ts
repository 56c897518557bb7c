import { formatCounts, formatRate } from '../contract/format.ts';
import { isAboveThreshold, windowsAbove } from '../scoring/risk.ts';
import type { WindowDays } from '../scoring/window.ts';
import { isolate, shorten } from './clean-text.ts';
import { nameOf } from './describe-report.ts';
import type { ReportFacts } from './facts.ts';
import { type ReportStatus, reportStatus, STATUS_TONES, STATUS_WORDS } from './report-status.ts';

const NAME_LENGTH = 60;

/**
 * "Confirmed: Maria Lopez moved 9 of 29 sessions (31.0 %) in 30 days". One line, at most about 140 characters.
 * The window is the one of 30 days; of who is flagged, or high risk, the one above the threshold when that one is not.
 */
export function renderSubject(facts: ReportFacts): string {
  const name = isolate(shorten(nameOf(facts.tutor), NAME_LENGTH));
  const status = reportStatus(facts);
  if (status === 'no_sessions') return `${STATUS_WORDS[status]} in 90 days: ${name}`;
  const days = subjectWindow(facts, status);
  const counts = facts.counts[days];
  if (counts.sessions === 0) return `${STATUS_WORDS[status]}: ${name}, no sessions in ${days} days`;
  const moved = `moved ${formatCounts(counts)} ${counts.sessions === 1 ? 'session' : 'sessions'}`;
  return `${STATUS_WORDS[status]}: ${name} ${moved} (${formatRate(counts)}) in ${days} days`;
}

function subjectWindow({ counts, risk_threshold }: ReportFacts, status: ReportStatus): WindowDays {
  if (STATUS_TONES[status] === 'clear' || isAboveThreshold(counts[30], risk_threshold)) return 30;
  return windowsAbove(counts, risk_threshold)[0] ?? 30;
}
