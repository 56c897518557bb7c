import { auditLoad } from './audit-load.ts';
import { auditMixes } from './audit-mixes.ts';
import type { AuditRow } from './audit-row.ts';
import { auditRules } from './audit-rules.ts';
import { auditTimes } from './audit-times.ts';
import { auditTutors } from './audit-tutors.ts';
import { measure } from './evidence.ts';
import type { GenerateOptions, SyntheticData } from './synthetic-data.ts';

/** Every target for generated data beside what this data reached, most general first. */
export function audit(data: SyntheticData, options: GenerateOptions): AuditRow[] {
  const evidence = measure(data, options);
  return [
    ...auditTutors(evidence),
    ...auditLoad(evidence),
    ...auditMixes(evidence),
    ...auditTimes(evidence),
    ...auditRules(evidence),
  ];
}

const MARKS: Record<AuditRow['outcome'], string> = { ok: '✓', missed: '✗', excluded: '–' };

/** The rows as an aligned table for a terminal, one line each, closed by a count. */
export function formatAudit(rows: readonly AuditRow[]): string {
  const cells = [
    ['target', 'wanted', 'reached', '', 'note'],
    ...rows.map(({ target, wanted, reached, outcome, note }) => [target, wanted, reached, MARKS[outcome], note]),
  ];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...cells.map((line) => line[column]?.length ?? 0)));
  const lines = cells.map((line) =>
    line
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  const count = (outcome: AuditRow['outcome']): number => rows.filter((row) => row.outcome === outcome).length;
  const total = `${count('ok')} ✓ reached, ${count('missed')} ✗ missed, ${count('excluded')} – excluded`;
  return `${[...lines, '', total].join('\n')}\n`;
}
