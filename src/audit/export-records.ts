import type { AuditRecord, AuditSelection } from '../contract/audit.ts';
import type { Db } from '../database/connection.ts';
import { csvLine } from '../tutors/csv.ts';
import { readRecords } from './queries.ts';

const COLUMNS = [
  'id',
  'at',
  'actor_kind',
  'actor_id',
  'actor_name',
  'action',
  'subject_kind',
  'subject_id',
  'subject_name',
  'tutor_id',
  'request_id',
] as const satisfies readonly (keyof AuditRecord)[];

/** The records of a selection as CSV, newest first, the details as JSON: some lines at a time, as they are taken. */
export async function* exportRecords(
  db: Db,
  selection: AuditSelection,
  timezone: string,
): AsyncGenerator<string, void> {
  let head = csvLine([...COLUMNS, 'details']);
  for await (const records of readRecords(db, selection, timezone)) {
    yield head + records.map(lineOf).join('');
    head = '';
  }
}

function lineOf(record: AuditRecord): string {
  return csvLine([...COLUMNS.map((column) => record[column]), JSON.stringify(record.details)]);
}
