import type { WindowDays } from '../../search.ts';

/** The columns that can be shown, in the order of the table; the name is always there. */
export const COLUMNS = [
  { name: 'evidence', words: 'Evidence', isNumber: false },
  { name: 'expected', words: 'Expected rate', isNumber: true },
  { name: 'rate', words: 'Rate', isNumber: true },
  { name: 'rate_7d', words: 'Rate, 7 days', isNumber: true },
  { name: 'rate_30d', words: 'Rate, 30 days', isNumber: true },
  { name: 'rate_90d', words: 'Rate, 90 days', isNumber: true },
  { name: 'sessions', words: 'Sessions', isNumber: true },
  { name: 'above', words: 'Moves above threshold', isNumber: true },
  { name: 'rule', words: 'By the rule', isNumber: false },
  { name: 'active', words: 'Active', isNumber: false },
  { name: 'updated', words: 'Last updated', isNumber: false },
] as const;

export type Column = (typeof COLUMNS)[number];
export type ColumnName = Column['name'];

export const DEFAULT_COLUMNS: readonly ColumnName[] = ['evidence', 'expected', 'rate', 'sessions', 'updated'];

/** What an address says when the name stands alone: no word at all would be the usual columns. */
const NAME_ALONE = 'name';

/** The columns that an address asks for, each once, in the order of the table; the usual ones if it names none. */
export function readColumns(raw: unknown): ColumnName[] {
  const asked = typeof raw === 'string' ? raw.split(',') : [];
  const known = COLUMNS.map(({ name }) => name).filter((name) => asked.includes(name));
  return known.length > 0 || asked.includes(NAME_ALONE) ? known : [...DEFAULT_COLUMNS];
}

/** As `readColumns`, with what there is to know of each. */
export function columnsOf(text: string): Column[] {
  const shown = readColumns(text);
  return COLUMNS.filter(({ name }) => shown.includes(name));
}

/** As `readColumns` reads it. */
export function writeColumns(columns: readonly ColumnName[]): string {
  return columns.length === 0 ? NAME_ALONE : columns.join(',');
}

/** The columns shown, with one more or one less. */
export function toggleColumn(columns: readonly ColumnName[], toggled: ColumnName): ColumnName[] {
  return COLUMNS.map(({ name }) => name).filter((name) => columns.includes(name) !== (name === toggled));
}

/** The columns of the API's CSV that hold what the columns on screen show. */
export function csvColumns(columns: readonly ColumnName[], window: WindowDays): string[] {
  return [...new Set(['id', 'name', ...columns.flatMap((column) => csvColumnsOf(column, window))])];
}

function csvColumnsOf(column: ColumnName, window: WindowDays): string[] {
  switch (column) {
    case 'evidence':
      return ['evidence', 'risk_probability', 'rise_signalled_at'];
    case 'expected':
      return [
        'evidence_sessions',
        'evidence_reschedules',
        'expected_rate',
        'expected_rate_lower',
        'expected_rate_upper',
      ];
    case 'rate':
      return rateOf(window);
    case 'rate_7d':
      return rateOf(7);
    case 'rate_30d':
      return rateOf(30);
    case 'rate_90d':
      return rateOf(90);
    case 'sessions':
      return [`total_sessions_${window}d`];
    // The moves above the threshold are no column of the API; these are what they are made of.
    case 'above':
      return [`total_sessions_${window}d`, `tutor_reschedules_${window}d`, 'risk_threshold'];
    case 'rule':
      return ['is_high_risk', 'risk_threshold'];
    case 'active':
      return ['is_active'];
    case 'updated':
      return ['last_calculated_at'];
    default:
      return column satisfies never;
  }
}

function rateOf(days: WindowDays): string[] {
  return [`total_sessions_${days}d`, `tutor_reschedules_${days}d`, `reschedule_rate_${days}d`];
}
