import { readFileSync } from 'node:fs';
import { compileTemplate } from '../reports/fill-template.ts';
import { formatInstant } from '../reports/format-time.ts';
import type { RenderedReport, RenderOptions } from '../reports/render.ts';
import type { Alert, Trouble } from './alerts.ts';
import type { StoredAlert } from './queries.ts';

export type AlertFacts = {
  /** In the order of the mail: what is on, and what was and is over. */
  alerts: readonly StoredAlert[];
  /** The figures of what is on. */
  troubles: readonly Trouble[];
  asOf: Date;
};

/** The mail about what is on and what is over: the same facts always give the same mail. Every value is escaped. */
export function renderAlerts(facts: AlertFacts, options: RenderOptions): RenderedReport {
  const words = describe(facts, options);
  return { subject: `Tutor Quality: ${words.lead}`, html: fillAlert(words), text: textOf(words) };
}

/** What an alert is, in a few words. */
export function titleOf(alert: Alert): string {
  return TITLES[alert];
}

const TITLES: Record<Alert, string> = {
  reports_failing: 'reports could not be mailed',
  reports_waiting: 'reports are late',
  scores_waiting: 'scores are late',
  tutors_set_aside: 'tutors could not be scored',
  jobs_failing: 'background work keeps failing',
};

/** What to do first. */
const FIRST: Record<Alert, string> = {
  reports_failing:
    'Open the reports page: each failed report says why. Once the cause is gone, send them again from there.',
  reports_waiting:
    'See whether the mail provider can be reached, and whether a worker runs. Nothing is lost meanwhile.',
  scores_waiting:
    'See whether a worker runs; if one does, its log says what stands in the way. Nothing is lost meanwhile.',
  tutors_set_aside:
    'Look for "tutor set aside" in the log of the worker: it names the tutor and the error. Each is tried again by itself, at least once an hour.',
  jobs_failing: 'Look for these names in the log of the worker: it says why. They go on being tried.',
};

function whatOf({ alert, count, names }: Trouble): string {
  const some = (one: string, more: string) => `${count.toLocaleString('en')} ${count === 1 ? one : more}`;
  switch (alert) {
    case 'reports_failing':
      return `${some('report', 'reports')} ended as failed within the last hour.`;
    case 'reports_waiting':
      return `${some('report has', 'reports have')} been due for more than 10 minutes.`;
    case 'scores_waiting':
      return `${some('tutor has', 'tutors have')} been waiting for a score for more than 10 minutes.`;
    case 'tutors_set_aside':
      return `The work of ${some('tutor', 'tutors')} failed and will be tried again.`;
    case 'jobs_failing':
      return `${some('job', 'jobs')} failed three times in a row or more: ${names.join(', ')}.`;
    default:
      return alert satisfies never;
  }
}

type Words = {
  lead: string;
  headline: string;
  active: { title: string; since: string; what: string; first: string }[];
  /** None, or one block with all that is over. */
  over: { lines: { line: string }[] }[];
  reports_url: string;
  as_of: string;
  every_hour: string;
};

function describe({ alerts, troubles, asOf }: AlertFacts, { timezone, dashboardUrl }: RenderOptions): Words {
  const at = (instant: Date) => formatInstant(instant.toISOString(), timezone);
  const active = alerts.flatMap(({ alert, since, over_at }) => {
    if (over_at !== null) return [];
    const trouble = troubles.find((one) => one.alert === alert);
    const what = trouble === undefined ? '' : whatOf(trouble);
    return [{ title: upperFirst(TITLES[alert]), since: at(since), what, first: FIRST[alert] }];
  });
  const over = alerts.flatMap(({ alert, since, over_at }) =>
    over_at === null ? [] : [{ line: `${upperFirst(TITLES[alert])}: from ${at(since)} to ${at(over_at)}.` }],
  );
  const lead = leadOf(active.map(({ title }) => title));
  return {
    lead,
    headline: upperFirst(lead),
    active,
    over: over.length === 0 ? [] : [{ lines: over }],
    reports_url: `${dashboardUrl}/reports${filterFor(alerts)}`,
    as_of: at(asOf),
    every_hour: EVERY_HOUR,
  };
}

/** Which reports are meant. */
function filterFor(alerts: readonly StoredAlert[]): string {
  const isOn = (wanted: Alert) => alerts.some(({ alert, over_at }) => alert === wanted && over_at === null);
  if (isOn('reports_failing')) return '?status=failed';
  return isOn('reports_waiting') ? '?status=pending' : '';
}

function leadOf(titles: readonly string[]): string {
  const [first] = titles;
  if (first === undefined) return 'what was wrong is over';
  return titles.length === 1 ? first.charAt(0).toLowerCase() + first.slice(1) : `${titles.length} things need a look`;
}

function textOf({ headline, active, over, reports_url, as_of, every_hour }: Words): string {
  const blocks = [
    [headline],
    ...active.map(({ title, since, what, first }) => [`${title}, since ${since}`, `  ${what}`, `  First: ${first}`]),
    ...over.map(({ lines }) => ['Over', ...lines.map(({ line }) => `  ${line}`)]),
    [`The reports page: ${reports_url}`],
    ['--', `As of ${as_of}.`, every_hour],
  ];
  return `${blocks.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

const EVERY_HOUR = 'There is one such mail an hour at most, for as long as something needs a look.';

function upperFirst(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Written by `npm run build:mail` from alert.mjml. */
const fillAlert = compileTemplate(readFileSync(new URL('./templates/alert.html', import.meta.url), 'utf8'));
