import { readFileSync } from 'node:fs';
import { formatThreshold } from '../contract/format.ts';
import { describeReport, type RenderOptions, type ReportWords, type WindowLine } from './describe-report.ts';
import type { ReportFacts } from './facts.ts';
import { compileTemplate, type TemplateValues } from './fill-template.ts';
import { renderSubject } from './render-subject.ts';
import { renderText } from './render-text.ts';
import { type ReportStatus, STATUS_ICONS, STATUS_WORDS } from './report-status.ts';
import { type BarCell, barCells, barScale } from './window-bar.ts';

export type { RenderOptions };
export type RenderedReport = { subject: string; html: string; text: string };

/**
 * The mail that a report's facts make: the same facts and options always give the same mail. The HTML needs no
 * image and no script, and every value in it is escaped; the subject is one line.
 *
 * @throws RangeError when `timezone` is not one that the runtime knows.
 */
export function renderReport(facts: ReportFacts, options: RenderOptions): RenderedReport {
  const words = describeReport(facts, options);
  const subject = renderSubject(facts);
  return { subject, html: fillReport(valuesOf(words, subject)), text: renderText(words) };
}

/** Written by `npm run build:mail` from report.mjml; split into its segments once. */
const fillReport = compileTemplate(readFileSync(new URL('./templates/report.html', import.meta.url), 'utf8'));

function valuesOf(words: ReportWords, title: string): TemplateValues {
  const scale = barScale(words.windows, words.threshold);
  return {
    title,
    preheader: `${words.reasons.join('; ')}. ${words.recommendation}`,
    status: words.status,
    status_words: STATUS_WORDS[words.status],
    icon: STATUS_ICONS[words.status],
    ...STATUS_COLORS[words.status],
    tutor_name: words.tutor_name,
    tutor_url: words.tutor_url,
    headline: words.headline,
    rate_30d: words.rate_30d,
    why: words.why,
    reasons: words.reasons.map((reason) => ({ reason })),
    session: words.session,
    threshold: formatThreshold(words.threshold),
    windows: words.windows.map((line) => windowValues(line, barCells(line, words.threshold, scale))),
    insights:
      words.observations.length === 0
        ? []
        : [{ observations: words.observations.map((observation) => ({ observation })) }],
    recommendation: words.recommendation,
    as_of: words.as_of,
  };
}

function windowValues(line: WindowLine, cells: BarCell[]): TemplateValues {
  const status = line.sessions === 0 ? 'no_sessions' : line.is_above ? 'high_risk' : 'low_risk';
  return {
    days: String(line.days),
    counted: line.counted,
    rate: line.rate,
    verdict: line.verdict === '' ? '' : `${STATUS_ICONS[status]} ${line.verdict}`,
    status,
    ink: STATUS_COLORS[status].ink,
    cells: cells.map(({ width, part }) => ({ width: String(width), part, color: BAR_COLORS[part] })),
  };
}

/** The light ones stand in the elements, where every mail program reads them; the dark ones in the template's style. */
const STATUS_COLORS: Record<ReportStatus, { ink: string; tint: string }> = {
  high_risk: { ink: '#b42318', tint: '#fdecea' },
  low_risk: { ink: '#166f43', tint: '#e6f5ed' },
  no_sessions: { ink: '#5b6472', tint: '#f7f8fa' },
};

const BAR_COLORS: Record<BarCell['part'], string> = {
  over: '#b42318',
  filled: '#166f43',
  empty: '#e3e6eb',
  tick: '#16181d',
};
