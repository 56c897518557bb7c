import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { reportsQuery } from '../../api/queries.ts';
import { paths } from '../../paths.ts';
import { buttonClass } from '../../ui/button.tsx';
import { Pager } from '../../ui/pager.tsx';
import { Failure } from '../../ui/states.tsx';
import { useTitle } from '../../ui/use-title.ts';
import { EXACTLY } from './link-state.ts';
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
  const { data, error, refetch } = useQuery(reportsQuery(selectionOf(search)));
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
      <ReportsToolbar search={search} counts={data?.counts} />
      {data === undefined && error === null && <ReportsSkeleton />}
      {data === undefined && error !== null && (
        <Failure title="The reports could not be loaded." error={error} retry={() => void refetch()} />
      )}
      {data?.reports.length === 0 && <NoReports search={search} total={data.total} counts={data.counts} />}
      {data !== undefined && data.reports.length > 0 && (
        <div>
          <ReportsTable reports={data.reports} search={search} />
          <Pager page={search.page} pageSize={PAGE_SIZE} total={data.total} link={linkFrom(search)} />
        </div>
      )}
      {search.open !== undefined && (
        <ReportDialog
          key={search.open}
          id={search.open}
          report={data?.reports.find(({ id }) => id === search.open)}
          search={search}
          onClose={close}
        />
      )}
    </div>
  );
}

/** To another page of the same list. */
function linkFrom(search: ReportsSearch) {
  return (page: number, words: ReactNode, name: string) => (
    <Link
      key={name}
      activeOptions={EXACTLY}
      to={paths.reports}
      search={addressOf(search, { page })}
      className={buttonClass()}
      aria-label={name}
    >
      {words}
    </Link>
  );
}
