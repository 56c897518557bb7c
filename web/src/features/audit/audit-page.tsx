import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { AuditList } from '#contract/audit.ts';
import { auditQuery, meQuery } from '../../api/queries.ts';
import type { OnWire } from '../../api/wire.ts';
import { OptionLink } from '../../components/option-link.tsx';
import { paths } from '../../paths.ts';
import { buttonClass } from '../../ui/button.tsx';
import { Pager } from '../../ui/pager.tsx';
import { Empty, Failure } from '../../ui/states.tsx';
import { useTitle } from '../../ui/use-title.ts';
import styles from './audit-page.module.css';
import { type AuditSearch, addressOf, PAGE_SIZE, readAuditSearch, selectionOf } from './audit-search.ts';
import { AuditSkeleton } from './audit-skeleton.tsx';
import { AuditTable } from './audit-table.tsx';
import { AuditToolbar } from './audit-toolbar.tsx';
import { NoRecords } from './no-records.tsx';

/** Who saw, changed and exported what; for admins. */
export function AuditPage() {
  useTitle('Audit log');
  const { data: me } = useQuery(meQuery());
  return (
    <div className={styles.page}>
      <h1>Audit log</h1>
      {me?.user?.role === 'admin' ? <Log /> : <Empty title="Only admins may read the audit log." />}
    </div>
  );
}

function Log() {
  const search = readAuditSearch(useSearch({ from: '/signed-in/audit' }));
  const query = useQuery(auditQuery(selectionOf(search)));
  return (
    <>
      <AuditToolbar search={search} records={query.data?.records ?? []} />
      <section aria-label="Records" aria-busy={query.isPlaceholderData}>
        <Results search={search} query={query} />
      </section>
    </>
  );
}

type ResultsProps = { search: AuditSearch; query: UseQueryResult<OnWire<AuditList>> };

/** The records of the selection, or why there are none. What was shown before stays until the answer is there. */
function Results({ search, query: { data, error, refetch, isPlaceholderData } }: ResultsProps) {
  if (data === undefined && error !== null) {
    return <Failure title="The audit log could not be loaded." error={error} retry={() => void refetch()} />;
  }
  // That another selection was empty says nothing of this one.
  if (data === undefined || (isPlaceholderData && data.records.length === 0)) return <AuditSkeleton />;
  if (data.records.length === 0) return <NoRecords search={search} total={data.total} />;
  return (
    <>
      <AuditTable records={data.records} search={search} />
      <Pager page={search.page} pageSize={PAGE_SIZE} total={data.total} link={linkFrom(search)} />
    </>
  );
}

/** To another page of the same records. */
function linkFrom(search: AuditSearch) {
  return (page: number, words: ReactNode, name: string) => (
    <OptionLink
      key={name}
      to={paths.audit}
      search={addressOf(search, { page })}
      className={buttonClass()}
      aria-label={name}
    >
      {words}
    </OptionLink>
  );
}
