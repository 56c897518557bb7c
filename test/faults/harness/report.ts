import type { RunOptions, RunResult } from './run.ts';
import type { FaultRecord } from './script.ts';

const TWO_AT_ONCE = 'two at once';

type Row = { kind: string; cells: string[] };

/** How long each kind of fault kept work from going on, as a table in Markdown: middle / worst, in seconds. */
export function recoveryTable(faults: readonly FaultRecord[]): string {
  const head = ['fault', 'times', 'accepted again', 'scored again', 'others went on', 'the harmed one is back', 'aim'];
  const byKind = Map.groupBy(faults, ({ isTwoAtOnce, kind }) => (isTwoAtOnce ? TWO_AT_ONCE : kind));
  const rows = [...byKind].map(([kind, records]) => rowOf(kind, records)).toSorted(byName);
  const lines = [head, head.map(() => '---'), ...rows.map(({ kind, cells }) => [kind, ...cells])];
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** How often each kind of fault happened, alone or beside another one. */
export function countByKind(faults: readonly FaultRecord[]): Record<string, number> {
  const counts = [...Map.groupBy(faults, ({ kind }) => kind)].map(([kind, all]) => [kind, all.length] as const);
  return Object.fromEntries(counts.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** Everything that one run found, in a few lines. */
export function summaryOf({ options, seconds, faults, sessions, answers, mails, memory, problems }: RunResult): string {
  const { seed, queue } = options;
  const said = Object.entries(answers).map(([answer, times]) => `${times} ${answer}`);
  const used = Object.entries(memory).map(([name, mb]) => `${name} ${mb}`);
  return [
    `seed ${seed}, queue on ${queue}: ${faults.length} faults in ${seconds} s, ${sessions} sessions`,
    `  answers: ${said.join(', ')}`,
    `  mails: ${mails === null ? 'not counted' : mailWords(mails)}`,
    `  most memory in MB: ${used.join(', ')}`,
    ...(problems.length === 0
      ? ['  every promise held']
      : [...problems.map((problem) => `  BROKEN: ${problem}`), `  again: ${commandFor(options)}`]),
  ].join('\n');
}

/** The command that plays the same faults once more. */
function commandFor({ seed, faults, queue }: RunOptions): string {
  return `npm run test:faults -- --seed ${seed} --faults ${faults} --queue ${queue}`;
}

function mailWords({
  sent,
  failed,
  received,
  secondUnanswered,
  secondUnrecorded,
  failedButReceived,
}: NonNullable<RunResult['mails']>): string {
  const second = `${secondUnanswered} after an answer that the mail server never gave, ${secondUnrecorded} after one that was not recorded`;
  return `${sent} reports sent, ${failed} failed with a reason (${failedButReceived} arrived all the same), ${received} mails; second mails: ${second}`;
}

function rowOf(kind: string, records: readonly FaultRecord[]): Row {
  const goneOn = records.flatMap((record) => record.goneOn ?? []);
  const aimMs = kind === TWO_AT_ONCE ? null : (records[0]?.aimMs ?? null);
  const scored = records.map(({ recovered }) => recovered.scoredMs);
  // Where another one can do the work, work goes on from the beginning, and the harmed one must be back too.
  const aimed = goneOn.length > 0 ? [...goneOn.map(({ scoredMs }) => scoredMs), ...records.map(backOf)] : scored;
  return {
    kind,
    cells: [
      String(records.length),
      spread(records.map(({ recovered }) => recovered.acceptedMs)),
      spread(scored),
      goneOn.length === 0 ? '' : spread(goneOn.map(({ scoredMs }) => scoredMs)),
      spread(records.map(backOf)),
      aimMs === null ? '' : aimWords(aimMs, aimed),
    ],
  };
}

function backOf({ backMs }: FaultRecord): number {
  return backMs;
}

function aimWords(aimMs: number, times: readonly number[]): string {
  const late = times.filter((time) => time > aimMs).length;
  return `${aimMs / 1000} s: ${late === 0 ? 'met' : `missed ${late} of ${times.length} times`}`;
}

function spread(times: readonly number[]): string {
  const sorted = times.toSorted((a, b) => a - b);
  const [middle, worst] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted.at(-1)];
  return `${inSeconds(middle)} / ${inSeconds(worst)}`;
}

function inSeconds(ms: number | undefined): string {
  return ms === undefined ? '' : (ms / 1000).toFixed(2);
}

function byName(a: Row, b: Row): number {
  return a.kind < b.kind ? -1 : 1;
}
