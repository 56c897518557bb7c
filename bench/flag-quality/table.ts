import { idealRecall } from './ideal.ts';
import { medianOf, precisionOf, recallOf, type Tally } from './measure.ts';
import { ALL_DAYS, LITERAL, OURS, type Run } from './run-world.ts';
import { MEASURED_DAYS } from './worlds.ts';

/** A table of one world, its seeds put together, as Markdown. */
export function rulesTable(runs: readonly Run[]): string {
  const [first] = runs;
  if (first === undefined) return '';
  const hasTurn = first.world.turn !== null;
  const head = ['rule', 'flagged', 'precision', 'recall', 'ideal recall', 'changes a day'];
  const rows = first.rules.map(({ name }, index) => {
    const each = runs.flatMap(({ rules }) => rules[index] ?? []);
    const sum = added(each.map(({ tally }) => tally));
    const delays = each.flatMap((rule) => rule.delays);
    const days = MEASURED_DAYS * runs.length;
    const precision = precisionOf(sum);
    const cells = [
      name,
      ((sum.right + sum.wrong) / days).toFixed(1),
      withRange(
        precision,
        each.map(({ tally }) => precisionOf(tally)),
      ),
      withRange(
        recallOf(sum),
        each.map(({ tally }) => recallOf(tally)),
      ),
      share(precision === null ? null : pooledIdeal(runs, precision)),
      (sum.changes / days).toFixed(1),
    ];
    return hasTurn ? [...cells, `${medianOf(delays, 'sessions')}`, `${medianOf(delays, 'days')}`] : cells;
  });
  return markdown(hasTurn ? [...head, 'right after sessions', 'days'] : head, [...rows, ...idealRows(runs)]);
}

/** The ideal observer at the precisions that are aimed at. */
function idealRows(runs: readonly Run[]): string[][] {
  const reached = [0.9, 0.75].map((precision) => ({ precision, recall: pooledIdeal(runs, precision) }));
  return reached.map(({ precision, recall }) => ['ideal observer', '', share(precision), share(recall), '', '']);
}

/** What the ideal observer finds at a precision, over all seeds. */
function pooledIdeal(runs: readonly Run[], precision: number): number | null {
  const [first, ...others] = runs.map(({ ideal }) => ideal);
  const sum = (first ?? []).map((bin, index) => ({
    risky: bin.risky + others.reduce((more, other) => more + (other[index]?.risky ?? 0), 0),
    ordinary: bin.ordinary + others.reduce((more, other) => more + (other[index]?.ordinary ?? 0), 0),
  }));
  return idealRecall(sum, precision);
}

export function alarmsTable(worlds: readonly (readonly Run[])[]): string {
  const rows = worlds.map((runs) => {
    const alarms = runs.map((run) => run.alarms);
    const sessions = total(alarms.map((each) => each.sessions));
    const wrong = total(alarms.map((each) => each.falseAlarms));
    const [delays, ideal] = [alarms.flatMap((each) => each.delays), alarms.flatMap((each) => each.idealDelays)];
    const cells = [
      runs[0]?.world.name ?? '',
      ((3000 * wrong) / sessions).toFixed(2),
      ...[delays, ideal].map((list) =>
        list.length === 0 ? '' : `${medianOf(list, 'sessions')} sessions, ${medianOf(list, 'days')} days`,
      ),
    ];
    const never = delays.filter((delay) => delay === null).length;
    return [...cells, delays.length === 0 ? '' : `${never} of ${delays.length}`];
  });
  return markdown(['world', 'false alarms in 3,000 sessions', 'found after', 'ideal', 'never'], rows);
}

/** What storms do: flags that open although the rate is not above the threshold, and alarms although none has risen. */
export function wrongTable(worlds: readonly (readonly Run[])[]): string {
  const head = [
    'world',
    'confirmed',
    'confirmed or watch',
    'literal rule',
    'alarms',
    'storm days named',
    'other days named',
  ];
  const rows = worlds.flatMap((runs) => {
    const name = runs[0]?.world.name ?? '';
    const leftOut = [name, ...wrongOpenings(runs, OURS), falseAlarms(runs, 'alarms'), ...namedDays(runs)];
    if (runs.every(({ world }) => world.storms.length === 0)) return [leftOut];
    const leftIn = [
      `${name}, all days counted`,
      ...wrongOpenings(runs, ALL_DAYS),
      falseAlarms(runs, 'alarmsOfAllDays'),
    ];
    return [leftOut, [...leftIn, '', '']];
  });
  return markdown(head, rows);
}

function wrongOpenings(runs: readonly Run[], rules: readonly string[]): string[] {
  return [...rules, LITERAL].map((name) =>
    aDay(runs, (run) => run.rules.find((rule) => rule.name === name)?.tally.wrongOpenings ?? Number.NaN),
  );
}

function falseAlarms(runs: readonly Run[], which: 'alarms' | 'alarmsOfAllDays'): string {
  return aDay(runs, (run) => run[which].falseAlarms);
}

function namedDays(runs: readonly Run[]): string[] {
  const named = total(runs.map(({ days }) => days.named));
  const missed = total(runs.map(({ days }) => days.missed));
  return [`${named} of ${named + missed}`, `${total(runs.map(({ days }) => days.namedWrongly))}`];
}

function aDay(runs: readonly Run[], countOf: (run: Run) => number): string {
  return (total(runs.map(countOf)) / (MEASURED_DAYS * runs.length)).toFixed(2);
}

function added(tallies: readonly Tally[]): Tally {
  const none: Tally = { right: 0, wrong: 0, missed: 0, changes: 0, wrongOpenings: 0 };
  return tallies.reduce(
    (sum, each) => ({
      right: sum.right + each.right,
      wrong: sum.wrong + each.wrong,
      missed: sum.missed + each.missed,
      changes: sum.changes + each.changes,
      wrongOpenings: sum.wrongOpenings + each.wrongOpenings,
    }),
    none,
  );
}

function markdown(head: readonly string[], rows: readonly string[][]): string {
  const lines = [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);
  return `${lines.join('\n')}\n`;
}

/** With the lowest and the highest of the seeds. */
function withRange(pooled: number | null, each: readonly (number | null)[]): string {
  const known = each.filter((value) => value !== null);
  if (pooled === null) return share(pooled);
  return `${share(pooled)} (${share(Math.min(...known))}-${share(Math.max(...known))})`;
}

function share(value: number | null): string {
  return value === null ? 'none' : value.toFixed(3).slice(value < 1 ? 1 : 0);
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
