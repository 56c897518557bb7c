import { TableSkeleton } from '../../ui/table-skeleton.tsx';

const COLUMNS = { Tutor: 128, State: 64, Recipient: 184, Made: 72, Sent: 120, Attempts: 16, Error: 160 };

export function ReportsSkeleton() {
  return <TableSkeleton what="reports" caption="Reports" columns={COLUMNS} />;
}
