import { formatCounts, formatRate, formatThreshold } from '../contract/format.ts';
import type { WindowCounts } from '../scoring/reschedule-rate.ts';
import { isAboveThreshold } from '../scoring/risk.ts';
import { WINDOW_DAYS, type WindowDays } from '../scoring/window.ts';
import { shorten, singleLine } from './clean-text.ts';
import { describeEvidence, type EvidenceWords } from './describe-evidence.ts';
import { describeOutcome, describeReason } from './describe-session.ts';
import type { ReportFacts } from './facts.ts';
import { formatInstant } from './format-time.ts';
import { type ReportStatus, reportStatus } from './report-status.ts';

export type RenderOptions = {
  /** The business time zone, an IANA name. */
  timezone: string;
  /** Where the dashboard is reached, e.g. `https://quality.example.com`. */
  dashboardUrl: string;
};

/** One window of the table: `is_above` is decided on the counts, not on the rounded rate. */
export type WindowLine = WindowCounts & {
  days: WindowDays;
  counted: string;
  rate: string;
  verdict: string;
  is_above: boolean;
};

/** The words of a report, clean but not escaped, shared by its subject, HTML and text. */
export type ReportWords = {
  status: ReportStatus;
  threshold: number;
  tutor_name: string;
  tutor_url: string;
  /** How sure it is; `null` where nothing was weighed. */
  evidence: EvidenceWords | null;
  /** "Moved 9 of 29 sessions in the last 30 days", the 30-day rate beside it. */
  headline: string;
  rate_30d: string;
  /** What the reasons are: "High risk by the rule", or nothing. */
  why: string;
  /** The windows above the threshold, one a line, or one line that says there is none. */
  reasons: string[];
  windows: WindowLine[];
  /** Label and value, in reading order. */
  session: { label: string; value: string }[];
  observations: string[];
  recommendation: string;
  as_of: string;
};

const REASON_LENGTH = 500;

/** Turns stored facts into the words that the mail shows; decides nothing that the counts do not say. */
export function describeReport(facts: ReportFacts, { timezone, dashboardUrl }: RenderOptions): ReportWords {
  const windows = WINDOW_DAYS.map((days) => describeWindow(days, facts));
  return {
    status: reportStatus(facts),
    threshold: facts.risk_threshold,
    tutor_name: nameOf(facts.tutor),
    tutor_url: `${dashboardUrl.replace(/\/+$/, '')}/tutors/${encodeURIComponent(facts.tutor.id)}`,
    evidence: describeEvidence(facts, timezone),
    headline: headlineOf(facts.counts[30]),
    rate_30d: formatRate(facts.counts[30]),
    why: windows.some(({ is_above }) => is_above) ? whyOf(facts) : '',
    reasons: reasonsOf(windows, facts.risk_threshold),
    windows,
    session: describeSession(facts, timezone),
    // Sentences of our own: the foreign words in them were cleaned, and isolated, when they were made.
    observations: facts.insights.observations,
    recommendation: facts.insights.recommendation,
    as_of: formatInstant(facts.as_of, timezone),
  };
}

/** A name may consist of nothing that can be shown. */
export function nameOf({ name }: ReportFacts['tutor']): string {
  return singleLine(name) || 'Unnamed tutor';
}

/** The literal rule raised a flag by itself before evidence was weighed. */
function whyOf({ evidence }: ReportFacts): string {
  return evidence === undefined ? 'Flag raised by' : 'High risk by the rule';
}

function describeWindow(days: WindowDays, { counts, risk_threshold }: ReportFacts): WindowLine {
  const { sessions, reschedules } = counts[days];
  const is_above = isAboveThreshold(counts[days], risk_threshold);
  const rate = formatRate(counts[days]);
  const limit = formatThreshold(risk_threshold);
  // 601 of 4,006 shows as 15.0 % and is above 15 % all the same.
  const above = Number.parseFloat(rate) <= risk_threshold ? 'just above' : 'above';
  const verdict = sessions === 0 ? '' : `${is_above ? above : 'not above'} ${limit}`;
  return { days, sessions, reschedules, counted: formatCounts(counts[days]), rate, verdict, is_above };
}

function headlineOf(counts: WindowCounts): string {
  if (counts.sessions === 0) return 'No sessions in the last 30 days';
  return `Moved ${formatCounts(counts)} ${counts.sessions === 1 ? 'session' : 'sessions'} in the last 30 days`;
}

function reasonsOf(windows: WindowLine[], threshold: number): string[] {
  const above = windows.filter(({ is_above }) => is_above);
  if (above.length > 0)
    return above.map(({ days, counted, rate, verdict }) => `${days} days: ${counted}, ${rate} – ${verdict}`);
  if (windows.every(({ sessions }) => sessions === 0)) return ['None in the last 90 days'];
  return [`No window is above ${formatThreshold(threshold)}`];
}

function describeSession({ session, tutor }: ReportFacts, timezone: string): ReportWords['session'] {
  const reason = describeReason(session.reschedule);
  return [
    { label: 'Session', value: singleLine(session.id) },
    { label: 'Date', value: formatInstant(session.scheduled_time, timezone) },
    { label: 'Tutor', value: nameOf(tutor) },
    { label: 'Student', value: singleLine(session.student_id) },
    { label: 'What happened', value: describeOutcome(session, timezone) },
    ...(reason === null ? [] : [{ label: 'Reason', value: shorten(singleLine(reason), REASON_LENGTH) }]),
    ...(session.reschedule?.initiator === 'student' ? [{ label: 'Note', value: STUDENT_MOVE }] : []),
  ];
}

const STUDENT_MOVE = "A student's move does not count towards the tutor's rate.";
