import type { TutorListItem, TutorSelection } from '../contract/tutors.ts';
import type { Db } from '../database/connection.ts';
import { csvLine } from './csv.ts';
import { listTutors } from './queries.ts';

const COLUMNS = [
  'id',
  'name',
  'is_active',
  'total_sessions_7d',
  'tutor_reschedules_7d',
  'reschedule_rate_7d',
  'total_sessions_30d',
  'tutor_reschedules_30d',
  'reschedule_rate_30d',
  'total_sessions_90d',
  'tutor_reschedules_90d',
  'reschedule_rate_90d',
  'risk_threshold',
  'is_high_risk',
  'last_calculated_at',
] as const satisfies readonly (keyof TutorListItem)[];

/** More than a marketplace has: the export is one snapshot, not pages that shift between each other. */
const ALL = { limit: 1_000_000, offset: 0 };

/** All tutors of a selection as CSV, in the order of the list. */
export async function exportTutors(db: Db, selection: TutorSelection): Promise<string> {
  const tutors = await listTutors(db, selection, ALL);
  return csvLine(COLUMNS) + tutors.map((tutor) => csvLine(COLUMNS.map((column) => tutor[column]))).join('');
}
