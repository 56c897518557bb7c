import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { formatNumber } from '#contract/format.ts';
import type { ReportListItem } from '#contract/reports.ts';
import type { OnWire } from '../../api/wire.ts';
import { ReportBadge } from '../../components/report-badge.tsx';
import { paths } from '../../paths.ts';
import { Time } from '../../ui/time.tsx';
import { providerWords } from './provider-words.ts';
import styles from './report-details.module.css';

type ReportDetailsProps = { report: OnWire<ReportListItem>; subject: string | undefined };

/** What became of a report, each fact with its word. */
export function ReportDetails({ report, subject }: ReportDetailsProps) {
  return (
    <dl className={styles.facts}>
      <Fact name="State">
        <ReportBadge status={report.status} />
      </Fact>
      <Fact name="Attempts">{formatNumber(report.attempts)}</Fact>
      <Fact name="Tutor">
        <Link to={paths.tutor} params={{ id: report.tutor_id }}>
          <bdi>{report.tutor_name}</bdi>
        </Link>
      </Fact>
      <Fact name="Recipient">{report.recipient_email}</Fact>
      <Fact name="Made">
        <Time at={report.created_at} />
      </Fact>
      {report.sent_at !== null && (
        <Fact name="Sent">
          <Time at={report.sent_at} />
        </Fact>
      )}
      {report.next_attempt_at !== null && (
        <Fact name="Next attempt">
          <Time at={report.next_attempt_at} />
        </Fact>
      )}
      {report.provider !== null && (
        <Fact name="Provider" isLong>
          {providerWords(report.provider)}
        </Fact>
      )}
      <Fact name="Subject" isLong>
        {subject ?? '…'}
      </Fact>
      {report.error_message !== null && (
        <Fact name="Error" isLong>
          <span className={styles.error}>{report.error_message}</span>
        </Fact>
      )}
    </dl>
  );
}

type FactProps = { name: string /** Has its line to itself. */; isLong?: boolean; children: ReactNode };

function Fact({ name, isLong = false, children }: FactProps) {
  return (
    <div className={isLong ? styles.long : styles.fact}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
