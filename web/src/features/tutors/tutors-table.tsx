import type { TutorListItem } from '#contract/tutors.ts';
import type { OnWire } from '../../api/wire.ts';
import { Icon } from '../../ui/icon.tsx';
import { HeadCell, sortClass, Table, TableBody, TableHead } from '../../ui/table.tsx';
import { type Column, type ColumnName, columnsOf } from './columns.ts';
import { nextOrder } from './sorting.ts';
import { TutorRow } from './tutor-row.tsx';
import type { TutorsSearch } from './tutors-search.ts';
import { ViewLink } from './view-link.tsx';

type TutorsTableProps = { search: TutorsSearch; tutors: OnWire<TutorListItem>[] };

/** One page of tutors, one row each. */
export function TutorsTable({ search, tutors }: TutorsTableProps) {
  return (
    <Table caption={`Tutors, by their last ${search.window_days} days`}>
      <TableHead>
        <SortHead search={search} by="name" words="Name" />
        {columnsOf(search.columns).map((column) => (
          <ColumnHead key={column.name} column={column} search={search} />
        ))}
      </TableHead>
      <TableBody>
        {tutors.map((tutor) => (
          <TutorRow key={tutor.id} tutor={tutor} columns={search.columns} window={search.window_days} />
        ))}
      </TableBody>
    </Table>
  );
}

const SORTABLE: Partial<Record<ColumnName, TutorsSearch['sort_by']>> = {
  evidence: 'evidence',
  rate: 'reschedule_rate',
  sessions: 'total_sessions',
  above: 'moves_above_threshold',
};

function ColumnHead({ column, search }: { column: Column; search: TutorsSearch }) {
  const by = SORTABLE[column.name];
  const words = headWords(column, search);
  if (by === undefined) return <HeadCell isNumber={column.isNumber}>{words}</HeadCell>;
  return <SortHead search={search} by={by} words={words} isNumber={column.isNumber} />;
}

/** The words of a head: a rate always says of which window it is. */
export function headWords({ name, words }: Column, { window_days }: TutorsSearch): string {
  return name === 'rate' ? `${words}, ${window_days} days` : words;
}

type SortHeadProps = { search: TutorsSearch; by: TutorsSearch['sort_by']; words: string; isNumber?: boolean };

function SortHead({ search, by, words, isNumber = false }: SortHeadProps) {
  const isSorted = search.sort_by === by;
  const next = nextOrder(by, search);
  const shown = isSorted ? search.sort_order : next;
  const sorted = !isSorted ? 'none' : search.sort_order === 'asc' ? 'ascending' : 'descending';
  // On the side where it does not part the words from the figures below them.
  const icon = <Icon name={shown === 'asc' ? 'up' : 'down'} size={12} />;
  return (
    <HeadCell isNumber={isNumber} sorted={sorted}>
      <ViewLink search={search} change={{ sort_by: by, sort_order: next }} className={sortClass}>
        {isNumber && icon}
        {words}
        {!isNumber && icon}
      </ViewLink>
    </HeadCell>
  );
}
