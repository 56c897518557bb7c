import { AppError } from '../errors.ts';

/** Which column of a file holds which field, where their names differ: `{ student_id: 'pupil' }`. */
export type Mapping = ReadonlyMap<string, string>;

/** The columns that are read, and the field of the body that each one fills. Others are left alone. */
const FIELD_OF_COLUMN: ReadonlyMap<string, string> = new Map(
  Object.entries({
    session_id: 'session_id',
    tutor_id: 'tutor_id',
    student_id: 'student_id',
    scheduled_time: 'scheduled_time',
    status: 'status',
    completed_time: 'completed_time',
    duration_minutes: 'duration_minutes',
    occurred_at: 'occurred_at',
    tutor_name: 'tutor.name',
    tutor_ref: 'tutor.name',
    tutor_email: 'tutor.email',
    initiator: 'reschedule_info.initiator',
    original_time: 'reschedule_info.original_time',
    new_time: 'reschedule_info.new_time',
    reason: 'reschedule_info.reason',
    reason_code: 'reschedule_info.reason_code',
    cancelled_at: 'reschedule_info.cancelled_at',
  }),
);

const NEEDED = ['session_id', 'tutor_id', 'student_id', 'scheduled_time', 'status'];

/**
 * The names under which the cells of a file are read: our own where a column is known or mapped, else the file's.
 *
 * @throws AppError `invalid` naming every needed column that is missing and every mapping that hits nothing
 */
export function columnsOf(header: readonly string[], mapping: Mapping): string[] {
  const ownName = new Map([...mapping].map(([field, column]) => [column, field]));
  const columns = header.map((column) => column.trim());
  // A column that has the name of a field which is read from another one must not stand in its way.
  const names = columns.map((column) => ownName.get(column) ?? (mapping.has(column) ? `not read: ${column}` : column));
  const problems: Record<string, string> = {};
  for (const [field, column] of mapping) {
    if (!FIELD_OF_COLUMN.has(field))
      problems[field] = `is not a known field: ${[...FIELD_OF_COLUMN.keys()].join(', ')}`;
    else if (!columns.includes(column)) problems[column] = 'is not a column of the file';
  }
  for (const name of NEEDED) if (!names.includes(name)) problems[name] = 'is a column that must be there';
  for (const name of names) {
    if (FIELD_OF_COLUMN.has(name) && names.indexOf(name) !== names.lastIndexOf(name))
      problems[name] = 'stands there twice';
  }
  if (Object.keys(problems).length === 0) return names;
  const list = Object.entries(problems).map(([column, problem]) => `  - ${column}: ${problem}`);
  throw new AppError('invalid', `The header line does not fit:\n${list.join('\n')}`, problems);
}

/** The column, by the file's own name, that fills a field of the body. */
export function columnOf(field: string, mapping: Mapping): string {
  const [name] = [...FIELD_OF_COLUMN].find(([, path]) => path === field) ?? [field];
  return mapping.get(name) ?? name;
}

/** Reads the cells of a row, which stand in the order of these columns, as the body that the row stands for. */
export function rowReader(columns: readonly string[]): (cells: readonly string[]) => Record<string, unknown> {
  const read = columns.flatMap((column, index) => {
    const [first = '', second] = FIELD_OF_COLUMN.get(column)?.split('.') ?? [];
    return first === '' ? [] : [{ column, index, first, second }];
  });
  return (cells) => {
    const body: Record<string, unknown> = {};
    for (const { column, index, first, second } of read) {
      const cell = cells[index] ?? '';
      // An empty cell says nothing.
      if (cell !== '') setField(body, first, second, valueOf(column, cell));
    }
    return body;
  };
}

function setField(body: Record<string, unknown>, first: string, second: string | undefined, value: unknown): void {
  const part = body[first];
  if (second === undefined) body[first] = value;
  else body[first] = { ...(typeof part === 'object' ? part : {}), [second]: value };
}

function valueOf(column: string, cell: string): unknown {
  return column === 'duration_minutes' && /^\d+$/.test(cell) ? Number(cell) : cell;
}
