import { formatThreshold } from '../contract/format.ts';
import { isolate } from './clean-text.ts';
import type { ReportWords } from './describe-report.ts';
import { STATUS_WORDS } from './report-status.ts';

/** The mail for readers of plain text: the same order as the HTML, columns that line up in any fixed-width font. */
export function renderText(words: ReportWords): string {
  const blocks = [
    [`${STATUS_WORDS[words.status].toUpperCase()}: ${isolate(words.tutor_name)}`, ...leadOf(words)],
    words.evidence === null ? [] : [headlineOf(words)],
    words.why === '' ? words.reasons : [words.why, ...words.reasons.map((reason) => `  ${reason}`)],
    ['Recommendation', `  ${words.recommendation}`],
    ['The session', ...columns(words.session.map(({ label, value }) => [label, isolate(value)]))],
    [`Reschedule rate, threshold ${formatThreshold(words.threshold)}`, ...columns(windowRows(words))],
    words.observations.length === 0 ? [] : ['What stands out', ...words.observations.map((line) => `  - ${line}`)],
    [`The tutor's page: ${words.tutor_url}`],
    [
      '--',
      `Counts as of ${words.as_of}.`,
      "Rates count the tutor's own moves among all sessions scheduled in the window.",
    ],
  ];
  return `${blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

/** How sure it is, or the headline where nothing was weighed. */
function leadOf(words: ReportWords): string[] {
  const { evidence } = words;
  if (evidence === null) return [headlineOf(words)];
  return evidence.likely === null ? evidence.details : [`${evidence.likely}.`, ...evidence.details];
}

function headlineOf({ headline, rate_30d }: ReportWords): string {
  return rate_30d === '–' ? headline : `${headline}: ${rate_30d}`;
}

function windowRows({ windows }: ReportWords): string[][] {
  return windows.map(({ days, rate, counted, verdict }) => [`${days} days`, rate, counted, verdict]);
}

/** Rows of cells as indented lines, every column but the last as wide as its widest cell. */
function columns(rows: string[][]): string[] {
  const widths = (rows[0] ?? []).map((_, index) => Math.max(...rows.map((row) => (row[index] ?? '').length)));
  return rows.map((row) => `  ${row.map((cell, index) => cell.padEnd((widths[index] ?? 0) + 2)).join('')}`.trimEnd());
}
