import { type BrokenRule, refusedBy } from './broken-rule.ts';

const versionOf = (...rows: string[]) =>
  `insert into data_versions (subject, day, slot, version) values ${rows.join(', ')}`;
const ROW = `('marketplace', '-infinity', 1000, 1)`;

export const BROKEN_DATA_VERSIONS: BrokenRule[] = [
  ...refusedBy('data_versions_pkey', versionOf(ROW, ROW)),
  ...refusedBy('data_versions_subject_known', versionOf(`('weather', '-infinity', 1000, 1)`)),
  ...refusedBy(
    'data_versions_positive',
    versionOf(`('reports', '-infinity', 0, 1)`),
    versionOf(`('reports', '-infinity', 1000, 0)`),
  ),
];
