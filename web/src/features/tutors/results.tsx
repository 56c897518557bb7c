import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { countOf, formatNumber } from '#contract/format.ts';
import type { TutorList } from '#contract/tutors.ts';
import type { OnWire } from '../../api/wire.ts';
import { NoTutorsYet } from '../../components/no-tutors-yet.tsx';
import { buttonClass } from '../../ui/button.tsx';
import { Pager } from '../../ui/pager.tsx';
import { Empty, Failure } from '../../ui/states.tsx';
import styles from './tutors-page.module.css';
import { isUnfiltered, NO_FILTER, PAGE_SIZE, type TutorsSearch } from './tutors-search.ts';
import { TutorsSkeleton } from './tutors-skeleton.tsx';
import { TutorsTable } from './tutors-table.tsx';
import { ViewLink } from './view-link.tsx';

type ResultsProps = { search: TutorsSearch; query: UseQueryResult<OnWire<TutorList>>; hint: ReactNode };

/** The tutors of the selection, or why there are none. What was shown before stays until the answer is there. */
export function Results({ search, query: { data, error, refetch, isPlaceholderData }, hint }: ResultsProps) {
  if (data === undefined) {
    if (error === null) return <TutorsSkeleton search={search} />;
    return <Failure title="The tutors could not be loaded." error={error} retry={() => void refetch()} />;
  }
  if (data.tutors.length === 0) {
    // That another selection was empty says nothing of this one.
    return isPlaceholderData ? <TutorsSkeleton search={search} /> : <Nothing search={search} total={data.total} />;
  }
  return (
    <>
      <p role="status" className="visually-hidden">
        {search.search !== undefined && !isPlaceholderData && `${countOf(data.total, 'tutor')} found`}
      </p>
      <TutorsTable search={search} tutors={data.tutors} />
      <div className={styles.foot}>
        {hint}
        <Pager
          page={search.page}
          pageSize={PAGE_SIZE}
          total={data.total}
          link={(page, words, name) => pageLink(search, page, words, name)}
        />
      </div>
    </>
  );
}

function pageLink(search: TutorsSearch, page: number, words: ReactNode, name: string) {
  return (
    <ViewLink search={search} change={{ page }} className={buttonClass()} label={name} fromTop>
      {words}
    </ViewLink>
  );
}

function Nothing({ search, total }: { search: TutorsSearch; total: number }) {
  if (total > 0) {
    return (
      <Empty title={`There is no page ${formatNumber(search.page)}.`}>
        <p>The list ends on page {formatNumber(Math.ceil(total / PAGE_SIZE))}.</p>
        <ViewLink search={search} change={{ page: 1 }} className={buttonClass()}>
          Go to the first page
        </ViewLink>
      </Empty>
    );
  }
  if (isUnfiltered(search)) return <NoTutorsYet />;
  const isSearched = search.search !== undefined;
  return (
    <div role="status">
      <Empty title={isSearched ? `No tutor matches “${search.search}”.` : 'No tutor matches these filters.'}>
        {isSearched && !isUnfiltered({ ...search, search: undefined }) && <p>Other filters are set besides.</p>}
        <ViewLink search={search} change={NO_FILTER} className={buttonClass()}>
          Clear the filters
        </ViewLink>
      </Empty>
    </div>
  );
}
