import { formatNotice } from '../contract/format.ts';
import type { ReportedMove, ReportFacts } from './facts.ts';
import { formatLocalTime } from './format-time.ts';

/**
 * What became of the session, in one line: "Moved by the tutor 3 h before the start, to Tue 16 Jan 2024, 14:00".
 * Times in `timezone`, which the session's date beside it names.
 */
export function describeOutcome({ status, reschedule }: ReportFacts['session'], timezone: string): string {
  const move = reschedule === null ? null : describeMove(reschedule, timezone);
  if (move === null) return STATUS_WORDS[status];
  return status === 'rescheduled' ? capitalized(move) : `${STATUS_WORDS[status]}; ${move}`;
}

const STATUS_WORDS = { completed: 'Completed', no_show: 'No-show', rescheduled: 'Rescheduled' } as const;

/** The reason as the sender gave it, with its code; null when none was given. */
export function describeReason(reschedule: ReportedMove | null): string | null {
  const words = [reschedule?.reason, reschedule?.reason_code].filter((part) => typeof part === 'string' && part !== '');
  const [first, code] = words;
  if (first === undefined) return null;
  return code === undefined ? first : `${first} (${code})`;
}

function describeMove({ initiator, new_time, hours_before_session }: ReportedMove, timezone: string): string {
  const notice = hours_before_session === null ? ', notice unknown' : ` ${formatNotice(hours_before_session)}`;
  if (new_time === null) return `cancelled by the ${initiator}${notice}`;
  return `moved by the ${initiator}${notice}, to ${formatLocalTime(new_time, timezone)}`;
}

function capitalized(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
