import { Icon } from '../../ui/icon.tsx';
import { HeadCell, sortClass } from '../../ui/table.tsx';
import { TutorLink, type TutorView } from './tutor-link.tsx';
import type { TutorSearch } from './tutor-search.ts';

type SortHeadProps = { view: TutorView; by: TutorSearch['sort_by']; children: string };

/** A head that sorts by its column, the latest or longest first; a second time turns the order round. */
export function SortHead({ view, by, children }: SortHeadProps) {
  const { sort_by, sort_order } = view.search;
  const isSorted = sort_by === by;
  const next = isSorted && sort_order === 'desc' ? 'asc' : 'desc';
  return (
    <HeadCell sorted={isSorted ? (sort_order === 'asc' ? 'ascending' : 'descending') : 'none'}>
      <TutorLink view={view} change={{ sort_by: by, sort_order: next, page: 1 }} className={sortClass}>
        {children}
        <Icon name={isSorted && sort_order === 'asc' ? 'up' : 'down'} size={12} />
      </TutorLink>
    </HeadCell>
  );
}
