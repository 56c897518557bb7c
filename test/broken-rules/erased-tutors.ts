import { ERASED_TUTOR } from '../every-table.ts';
import { type BrokenRule, refusedBy } from './broken-rule.ts';

export const BROKEN_ERASED_TUTORS: BrokenRule[] = refusedBy(
  'erased_tutors_pkey',
  `insert into erased_tutors (tutor_id) values ('${ERASED_TUTOR}')`,
);
