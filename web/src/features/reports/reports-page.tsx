import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { ReportList } from '#contract/reports.ts';
import { reportsQuery } from '../../api/queries.ts';
import type { OnWire } from '../../api/wire.ts';
import { OptionLink } from '../../components/option-link.tsx';
import { paths } from '../../paths.ts';
import { buttonClass } from '../../ui/button.tsx';
import { Pager } from '../../ui/pager.tsx';
import { Failure } from '../../ui/states.tsx';
import { useTitle } from '../../ui/use-title.ts';
import { NoReports } from './no-reports.tsx';
import { ReportDialog } from './report-dialog.tsx';
import styles from './reports-page.module.css';
import { addressOf, PAGE_SIZE, type ReportsSearch, readReportsSearch, selectionOf } from './reports-search.ts';
import { ReportsSkeleton } from './reports-skeleton.tsx';
import { ReportsTable } from './reports-table.tsx';
import { ReportsToolbar } from './reports-toolbar.tsx';

/** Every mail about a session: what became of it, what it says, and the way to send it again. */
export function ReportsPage() {
  useTitle('Reports');
  const search = readReportsSearch(useSearch({ from: '/signed-in/reports' }));
  const navigate = useNavigate();
  const query = useQuery(reportsQuery(selectionOf(search)));
  const close = () => {
    void navigate({
      to: paths.reports,
      search: addressOf(search, { open: undefined, format: 'html' }),
      resetScroll: false,
    });
  };
  return (
    <div className={styles.page}>
      <h1>Reports</h1>
      <ReportsToolbar search={search} counts={query.data?.counts} />
      <section aria-label="List of reports" aria-busy={query.isPlaceholderData}>
        <Results search={search} query={query} />
      </section>
      {search.open !== undefined && <ReportDialog key={search.open} id={search.open} search={search} onClose={close} />}
    </div>
  );
}

type ResultsProps = { search: ReportsSearch; query: UseQueryResult<OnWire<ReportList>> };

/** The reports of the selection, or why there are none. What was shown before stays until the answer is there. */
function Results({ search, query: { data, error, refetch, isPlaceholderData } }: ResultsProps) {
  if (data === undefined && error !== null) {
    return <Failure title="The reports could not be loaded." error={error} retry={() => void refetch()} />;
  }
  // That another selection was empty says nothing of this one.
  if (data === undefined || (isPlaceholderData && data.reports.length === 0)) return <ReportsSkeleton />;
  if (data.reports.length === 0) return <NoReports search={search} total={data.total} counts={data.counts} />;
  return (
    <>
      <ReportsTable reports={data.reports} search={search} />
      <Pager page={search.page} pageSize={PAGE_SIZE} total={data.total} link={linkFrom(search)} />
    </>
  );
}

/** To another page of the same list. */
function linkFrom(search: ReportsSearch) {
  return (page: number, words: ReactNode, name: string) => (
    <OptionLink
      key={name}
      to={paths.reports}
      search={addressOf(search, { page })}
      className={buttonClass()}
      aria-label={name}
    >
      {words}
    </OptionLink>
  );
}
