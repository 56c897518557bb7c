import { useQuery } from '@tanstack/react-query';
import { meQuery, reportsQuery, reportTextQuery } from '../../api/queries.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { Empty, Failure, Loading, Skeleton } from '../../ui/states.tsx';
import { ReportDetails } from './report-details.tsx';
import styles from './report-dialog.module.css';
import { ReportPreview } from './report-preview.tsx';
import type { ReportsSearch } from './reports-search.ts';
import { SendAgain } from './send-again.tsx';

type ReportDialogProps = { id: string; search: ReportsSearch; onClose: () => void };

/**
 * One report: what became of it, what it says, and the way to send it again. It is asked for by itself, since the list
 * behind it may lose it at any time: to another state, or to a later page.
 */
export function ReportDialog({ id, search, onClose }: ReportDialogProps) {
  const me = useQuery(meQuery());
  const one = useQuery(reportsQuery({ id, limit: 1 }));
  const text = useQuery(reportTextQuery(id, 'text'));
  const report = one.data?.reports[0];
  const failed = [one, text].find(({ data, error }) => data === undefined && error !== null);
  const again = () => void Promise.all([one.refetch(), text.refetch()]);
  const isLoading = one.data === undefined || text.data === undefined;
  return (
    <Dialog title={<Title name={report?.tutor_name} />} onClose={onClose}>
      {one.data?.total === 0 ? (
        <Empty title="There is no such report." />
      ) : (
        <div className={styles.parts}>
          {report !== undefined && (
            <>
              <ReportDetails report={report} subject={text.data?.split('\n', 1)[0]} />
              <SendAgain report={report} isAllowed={me.data?.user?.role !== 'viewer'} />
            </>
          )}
          {text.data !== undefined && <ReportPreview id={id} search={search} />}
          {failed?.error != null && (
            <Failure title="The report could not be loaded." error={failed.error} retry={again} />
          )}
          {isLoading && failed === undefined && (
            <Loading what="the report">
              <Skeleton height={320} />
            </Loading>
          )}
        </div>
      )}
    </Dialog>
  );
}

function Title({ name }: { name: string | undefined }) {
  if (name === undefined) return 'Report';
  return (
    <>
      Report about <bdi>{name}</bdi>
    </>
  );
}
