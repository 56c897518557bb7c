import type { TUTOR_COLUMNS, TutorSelection } from '../contract/tutors.ts';
import type { Db } from '../database/connection.ts';
import type { Scores } from './as-of-queries.ts';
import { csvLine } from './csv.ts';
import { listTutors } from './queries.ts';

type Column = (typeof TUTOR_COLUMNS)[number];

/** More than a marketplace has: the export is one snapshot, not pages that shift between each other. */
const ALL = { limit: 1_000_000, offset: 0 };

/** All tutors of a selection as CSV, in the order of the list; the columns in the order given. */
export async function exportTutors(
  db: Db,
  selection: TutorSelection,
  columns: readonly Column[],
  scores: Scores,
): Promise<string> {
  const tutors = await listTutors(db, selection, ALL, scores);
  return csvLine(columns) + tutors.map((tutor) => csvLine(columns.map((column) => tutor[column]))).join('');
}
