import { Link } from '@tanstack/react-router';
import { formatNumber } from '#contract/format.ts';
import type { ReportListItem } from '#contract/reports.ts';
import type { OnWire } from '../../api/wire.ts';
import { OptionLink } from '../../components/option-link.tsx';
import { ReportBadge } from '../../components/report-badge.tsx';
import { paths } from '../../paths.ts';
import { Cell, HeadCell, Row, Table, TableBody, TableHead } from '../../ui/table.tsx';
import { Time } from '../../ui/time.tsx';
import { isKeptHere } from './provider-words.ts';
import { addressOf, type ReportsSearch } from './reports-search.ts';
import styles from './reports-table.module.css';

type Report = OnWire<ReportListItem>;
type ReportsTableProps = { reports: readonly Report[]; search: ReportsSearch };

/** One report a row, newest first. */
export function ReportsTable({ reports, search }: ReportsTableProps) {
  return (
    <Table caption="Reports, newest first">
      <TableHead>
        <HeadCell>Tutor</HeadCell>
        <HeadCell>State</HeadCell>
        <HeadCell>Recipient</HeadCell>
        <HeadCell>
          <span className={styles.aside}>Made</span>
        </HeadCell>
        <HeadCell>Sent</HeadCell>
        <HeadCell isNumber>
          <span className={styles.aside}>Attempts</span>
        </HeadCell>
        <HeadCell>Error</HeadCell>
        <HeadCell>Report</HeadCell>
      </TableHead>
      <TableBody>
        {reports.map((report) => (
          <ReportRow key={report.id} report={report} search={search} />
        ))}
      </TableBody>
    </Table>
  );
}

function ReportRow({ report, search }: { report: Report; search: ReportsSearch }) {
  return (
    <Row isSelected={report.id === search.open}>
      <Cell isLead>
        <Link to={paths.tutor} params={{ id: report.tutor_id }} className={styles.name}>
          <bdi>{report.tutor_name}</bdi>
        </Link>
      </Cell>
      <Cell>
        <span className={styles.state}>
          <ReportBadge status={report.status} />
          {isKeptHere(report) && <span className={styles.note}>kept here, not mailed</span>}
        </span>
      </Cell>
      <Cell label="to">
        <span className={styles.recipient}>{report.recipient_email}</span>
      </Cell>
      <Cell>
        <span className={styles.aside}>
          <Time at={report.created_at} as="ago" />
        </span>
      </Cell>
      <Cell>
        {report.sent_at === null ? (
          <span className={`${styles.never} muted`}>–</span>
        ) : (
          <span className={styles.time}>
            <Time at={report.sent_at} />
          </span>
        )}
      </Cell>
      <Cell isNumber>
        <span className={styles.aside}>{formatNumber(report.attempts)}</span>
      </Cell>
      <Cell>
        <Trouble report={report} />
      </Cell>
      <Cell>
        <OptionLink
          to={paths.reports}
          search={addressOf(search, { open: report.id, format: 'html' })}
          resetScroll={false}
          className={styles.read}
          aria-label={`Read the report about ${report.tutor_name} to ${report.recipient_email}`}
        >
          Read
        </OptionLink>
      </Cell>
    </Row>
  );
}

/** What went wrong with the last attempt, and when the next one is. */
function Trouble({ report: { error_message, next_attempt_at } }: { report: Report }) {
  if (error_message === null) return null;
  return (
    <span className={styles.trouble}>
      <span className={styles.error}>{error_message}</span>
      {next_attempt_at !== null && (
        <span className={styles.note}>
          Next attempt: <Time at={next_attempt_at} />
        </span>
      )}
    </span>
  );
}
