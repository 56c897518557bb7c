import { Link } from '@tanstack/react-router';
import { ReportBadge } from '../../components/report-badge.tsx';
import { paths } from '../../paths.ts';
import { Card } from '../../ui/card.tsx';
import { Empty } from '../../ui/states.tsx';
import { Time } from '../../ui/time.tsx';
import type { OverviewData } from './overview-data.ts';
import styles from './recent-reports.module.css';

type RecentReportsProps = { reports: OverviewData['recent_reports']; isPast: boolean };

/** The last mails and what became of them; each opens where it can be read. */
export function RecentReports({ reports, isPast }: RecentReportsProps) {
  return (
    <Card title="Recent reports" aside={<Link to={paths.reports}>All reports</Link>}>
      {isPast && <p className={styles.note}>Reports are shown as they are now.</p>}
      {reports.length === 0 ? (
        <Empty title="No report has been made yet.">
          <p className="muted">One is made for each session that is received within two days of its end.</p>
        </Empty>
      ) : (
        <ol>
          {reports.map((report) => (
            <li key={report.id} className={styles.report}>
              <ReportBadge status={report.status} />
              <span className={styles.what}>
                <Link to={paths.reports} search={{ open: report.id }}>
                  <span className="visually-hidden">Report about </span>
                  <bdi>{report.tutor_name}</bdi>
                </Link>{' '}
                <span className={styles.detail}>to {report.recipient_email}</span>
              </span>
              <span className={styles.detail}>
                <Time at={report.sent_at ?? report.created_at} as="ago" />
              </span>
            </li>
          ))}
        </ol>
      )}
    </Card>
  );
}
