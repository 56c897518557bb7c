import { useQuery } from '@tanstack/react-query';
import type { ReportListItem } from '#contract/reports.ts';
import { ApiError } from '../../api/client.ts';
import { meQuery, reportTextQuery } from '../../api/queries.ts';
import type { OnWire } from '../../api/wire.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { Empty, Failure, Loading, Skeleton } from '../../ui/states.tsx';
import { ReportDetails } from './report-details.tsx';
import styles from './report-dialog.module.css';
import { ReportPreview } from './report-preview.tsx';
import type { ReportsSearch } from './reports-search.ts';
import { SendAgain } from './send-again.tsx';

type ReportDialogProps = {
  id: string;
  /** `undefined` when the list that is on screen does not have it. */
  report: OnWire<ReportListItem> | undefined;
  search: ReportsSearch;
  onClose: () => void;
};

/** One report: what became of it, what it says, and the way to send it again. */
export function ReportDialog({ id, report, search, onClose }: ReportDialogProps) {
  const me = useQuery(meQuery());
  const text = useQuery(reportTextQuery(id, 'text'));
  const isUnknown = text.error instanceof ApiError && text.error.status === 404;
  const subject = text.data?.split('\n', 1)[0];
  return (
    <Dialog title={<Title name={report?.tutor_name} />} onClose={onClose}>
      {isUnknown ? (
        <Empty title="There is no such report." />
      ) : (
        <div className={styles.parts}>
          <ReportDetails id={id} report={report} subject={subject} />
          <SendAgain id={id} report={report} isAllowed={me.data?.user?.role !== 'viewer'} />
          {text.data !== undefined && <ReportPreview id={id} search={search} />}
          {text.data === undefined && text.error !== null && (
            <Failure title="The report could not be loaded." error={text.error} retry={() => void text.refetch()} />
          )}
          {text.isPending && (
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
