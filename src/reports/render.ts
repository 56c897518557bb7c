import { readFileSync } from 'node:fs';
import { formatThreshold } from '../contract/format.ts';
import { describeReport, type RenderOptions, type ReportWords, type WindowLine } from './describe-report.ts';
import type { ReportFacts } from './facts.ts';
import { compileTemplate, type TemplateValues } from './fill-template.ts';
import { renderSubject } from './render-subject.ts';
import { renderText } from './render-text.ts';
import { STATUS_TONES, STATUS_WORDS, TONE_ICONS, type Tone } from './report-status.ts';
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
  const tone = STATUS_TONES[words.status];
  const evidence = words.evidence?.details ?? [];
  return {
    title,
    preheader: `${evidence[0] ?? `${words.reasons.join('; ')}.`} ${words.recommendation}`,
    tone,
    lead: [STATUS_WORDS[words.status], words.evidence?.likely ?? []].flat().join(': '),
    icon: TONE_ICONS[tone],
    ...TONE_COLORS[tone],
    evidence: evidence.map((detail) => ({ detail })),
    tutor_name: words.tutor_name,
    tutor_url: words.tutor_url,
    headline: words.headline,
    rate_30d: words.rate_30d,
    // Beside the evidence the bare rate must not be the loudest: of one session it is 100 %.
    figure_size: words.evidence === null ? '28px' : '20px',
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
  const tone = line.sessions === 0 ? 'unknown' : line.is_above ? 'high' : 'clear';
  return {
    days: String(line.days),
    counted: line.counted,
    rate: line.rate,
    verdict: line.verdict === '' ? '' : `${TONE_ICONS[tone]} ${line.verdict}`,
    tone,
    ink: TONE_COLORS[tone].ink,
    cells: cells.map(({ width, part }) => ({ width: String(width), part, color: BAR_COLORS[part] })),
  };
}

/** The light ones stand in the elements, where every mail program reads them; the dark ones in the template's style. */
const TONE_COLORS: Record<Tone, { ink: string; tint: string }> = {
  high: { ink: '#b42318', tint: '#fdecea' },
  watch: { ink: '#8a5a00', tint: '#fff4dc' },
  clear: { ink: '#166f43', tint: '#e6f5ed' },
  unknown: { ink: '#5b6472', tint: '#f7f8fa' },
};

const BAR_COLORS: Record<BarCell['part'], string> = {
  over: '#b42318',
  filled: '#166f43',
  empty: '#e3e6eb',
  tick: '#16181d',
};
