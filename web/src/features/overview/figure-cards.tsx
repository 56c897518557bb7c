import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { countOf, formatCounts, formatNumber, formatRate, formatThreshold } from '#contract/format.ts';
import { paths } from '../../paths.ts';
import { windowDays } from '../../search.ts';
import { Changing } from '../../ui/changing.tsx';
import { Icon } from '../../ui/icon.tsx';
import { countsOf, describeFlagChange, describeRateChange, describeSessionsChange } from './changes.ts';
import styles from './figure-cards.module.css';
import type { OverviewData } from './overview-data.ts';

/** How we are doing, in four figures; each leads to what it counts. */
export function FigureCards({ overview }: { overview: OverviewData }) {
  const { tutors, flags, period, previous_period, sessions_by_status, reports } = overview;
  const window_days = windowDays(overview.window_days);
  const counts = countsOf(period);
  return (
    <ul className={styles.cards}>
      <li>
        <Link className={styles.card} to={paths.tutors} search={{ evidence: 'flagged' }}>
          <Figure
            label="Confirmed"
            value={formatNumber(tutors.confirmed)}
            unit={`and ${formatNumber(tutors.watch)} on watch, of ${countOf(tutors.total, 'tutor')}`}
          />
          <Line>{describeFlagChange(flags, window_days)}</Line>
          <Line>
            {formatNumber(tutors.high_risk)} above {formatThreshold(overview.risk_threshold)} by the rule
          </Line>
        </Link>
      </li>
      <li>
        <Link className={styles.card} to={paths.tutors} search={{ sort_by: 'reschedule_rate', window_days }}>
          <Figure label="Average rate" value={formatRate(counts)} unit={formatCounts(counts)} />
          <Line>{describeRateChange(period, previous_period, window_days)}</Line>
        </Link>
      </li>
      <li>
        <Link className={styles.card} to={paths.tutors} search={{ sort_by: 'total_sessions', window_days }}>
          <Figure label="Sessions" value={formatNumber(period.total_sessions)} unit={`in ${window_days} days`} />
          <Line>{describeSessionsChange(period, previous_period, window_days)}</Line>
          <Line>
            <Part>{formatNumber(sessions_by_status.completed)} completed</Part>,{' '}
            <Part>{formatNumber(sessions_by_status.rescheduled)} rescheduled</Part>,{' '}
            <Part>{formatNumber(sessions_by_status.no_show)} no-show</Part>
          </Line>
        </Link>
      </li>
      <li>
        <Link className={styles.card} to={paths.reports} search={reports.failed > 0 ? { status: 'failed' } : {}}>
          <Figure label="Reports" value={formatNumber(reports.sent)} unit={`sent in ${window_days} days`} />
          <ReportsLine reports={reports} />
        </Link>
      </li>
    </ul>
  );
}

function Figure({ label, value, unit }: { label: string; value: string; unit: string }) {
  return (
    <>
      <span className={styles.label}>{label} </span>
      <span className={styles.figure}>
        <span className={styles.value}>
          <Changing value={value} />
        </span>{' '}
        <span className={styles.unit}>{unit} </span>
      </span>
    </>
  );
}

function Line({ children }: { children: ReactNode }) {
  return <span className={styles.line}>{children} </span>;
}

/** A figure and its word, which a narrow card does not part. */
function Part({ children }: { children: ReactNode }) {
  return <span className={styles.part}>{children}</span>;
}

/** What was not sent: failures first, and so that they are seen. */
function ReportsLine({ reports: { pending, sending, failed } }: { reports: OverviewData['reports'] }) {
  const waiting = pending + sending;
  const waitingWords = `${waiting === 0 ? 'none' : formatNumber(waiting)} waiting`;
  if (failed === 0) return <Line>none failed, {waitingWords}</Line>;
  return (
    <Line>
      <span className={styles.failed}>
        <Icon name="triangle" size={12} /> {formatNumber(failed)} failed
      </span>
      , <Part>{waitingWords}</Part>
    </Line>
  );
}
