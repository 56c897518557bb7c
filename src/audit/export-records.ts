import type { AuditRecord, AuditSelection } from '../contract/audit.ts';
import type { Db } from '../database/connection.ts';
import { csvLine } from '../tutors/csv.ts';
import { listRecords } from './queries.ts';

/** One answer is held in memory whole; who needs more asks for shorter periods. */
export const MAX_EXPORTED = 100_000;

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

/** The records of a selection as CSV, newest first, the details as JSON. */
export async function exportRecords(db: Db, selection: AuditSelection, timezone: string): Promise<string> {
  const records = await listRecords(db, selection, { limit: MAX_EXPORTED, offset: 0 }, timezone);
  const lines = records.map((entry) =>
    csvLine([...COLUMNS.map((column) => entry[column]), JSON.stringify(entry.details)]),
  );
  return csvLine([...COLUMNS, 'details']) + lines.join('');
}
