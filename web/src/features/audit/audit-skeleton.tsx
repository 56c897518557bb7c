import { TableSkeleton } from '../../ui/table-skeleton.tsx';

const COLUMNS = { When: 128, Who: 112, What: 72, About: 136, Details: 160 };

export function AuditSkeleton() {
  return <TableSkeleton what="the audit log" caption="Audit log" columns={COLUMNS} />;
}
