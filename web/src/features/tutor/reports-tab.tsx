import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReportListItem } from '#contract/reports.ts';
import { reportsQuery } from '../../api/queries.ts';
import type { OnWire } from '../../api/wire.ts';
import { ReportBadge } from '../../components/report-badge.tsx';
import { paths } from '../../paths.ts';
import { Empty } from '../../ui/states.tsx';
import { Cell, HeadCell, Row, Table, TableBody, TableHead } from '../../ui/table.tsx';
import { formatExact, Time } from '../../ui/time.tsx';
import { TabAnswer } from './tab-answer.tsx';
import { PAGE_SIZE, TabPages } from './tab-pages.tsx';
import styles from './tabs.module.css';
import type { TutorView } from './tutor-link.tsx';

type Report = OnWire<ReportListItem>;

/** What was mailed about the tutor, to whom, and how that went. */
export function ReportsTab({ view }: { view: TutorView }) {
  const offset = (view.search.page - 1) * PAGE_SIZE;
  const query = useQuery(reportsQuery({ tutor_id: view.id, limit: PAGE_SIZE, offset }));
  return (
    <TabAnswer what="reports" query={query} isBare={(answer) => answer.reports.length === 0}>
      {(answer) => (
        <>
          {view.search.as_of !== undefined && <p className={styles.note}>Reports are shown as they are now.</p>}
          <Reports view={view} reports={answer.reports} total={answer.total} />
        </>
      )}
    </TabAnswer>
  );
}

export function Reports({ view, reports, total }: { view: TutorView; reports: readonly Report[]; total: number }) {
  if (total === 0) {
    return (
      <Empty title="No report about this tutor yet.">
        <p>A report is made when a session comes in within 48 hours of its end.</p>
      </Empty>
    );
  }
  return (
    <TabPages view={view} total={total}>
      <Table caption="Reports about this tutor, the latest first">
        <TableHead>
          <HeadCell>Made</HeadCell>
          <HeadCell>State</HeadCell>
          <HeadCell>Recipient</HeadCell>
          <HeadCell isNumber>Attempts</HeadCell>
          <HeadCell>Mail</HeadCell>
        </TableHead>
        <TableBody>
          {reports.map(({ id, status, recipient_email, created_at, attempts }) => (
            <Row key={id}>
              <Cell isLead isWhole>
                <Time at={created_at} />
              </Cell>
              <Cell>
                <ReportBadge status={status} />
              </Cell>
              <Cell label="To">{recipient_email}</Cell>
              <Cell isNumber label="Attempts">
                {attempts}
              </Cell>
              <Cell>
                <Link
                  to={paths.reports}
                  search={{ tutor_id: view.id, open: id }}
                  className={styles.action}
                  aria-label={`Open report to ${recipient_email} of ${formatExact(new Date(created_at))}`}
                >
                  Open report
                </Link>
              </Cell>
            </Row>
          ))}
        </TableBody>
      </Table>
    </TabPages>
  );
}
