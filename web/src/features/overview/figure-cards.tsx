import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { countOf, formatCounts, formatNumber, formatRate, formatThreshold } from '#contract/format.ts';
import { paths } from '../../paths.ts';
import { windowDays } from '../../search.ts';
import { Changing } from '../../ui/changing.tsx';
import { Figure, FigureLine, FigureList } from '../../ui/figure.tsx';
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
    <FigureList>
      <li>
        <Link className={styles.card} to={paths.tutors} search={{ evidence: 'flagged' }}>
          <Figure
            label="Confirmed"
            value={<Changing value={formatNumber(tutors.confirmed)} />}
            unit={`and ${formatNumber(tutors.watch)} on watch, of ${countOf(tutors.total, 'tutor')}`}
          />
          <FigureLine>{describeFlagChange(flags, window_days)}</FigureLine>
          <FigureLine>
            {formatNumber(tutors.high_risk)} above {formatThreshold(overview.risk_threshold)} by the rule
          </FigureLine>
        </Link>
      </li>
      <li>
        <Link className={styles.card} to={paths.tutors} search={{ sort_by: 'reschedule_rate', window_days }}>
          <Figure label="Average rate" value={<Changing value={formatRate(counts)} />} unit={formatCounts(counts)} />
          <FigureLine>{describeRateChange(period, previous_period, window_days)}</FigureLine>
        </Link>
      </li>
      <li>
        <Link className={styles.card} to={paths.tutors} search={{ sort_by: 'total_sessions', window_days }}>
          <Figure
            label="Sessions"
            value={<Changing value={formatNumber(period.total_sessions)} />}
            unit={`in ${window_days} days`}
          />
          <FigureLine>{describeSessionsChange(period, previous_period, window_days)}</FigureLine>
          <FigureLine>
            <Part>{formatNumber(sessions_by_status.completed)} completed</Part>,{' '}
            <Part>{formatNumber(sessions_by_status.rescheduled)} rescheduled</Part>,{' '}
            <Part>{formatNumber(sessions_by_status.no_show)} no-show</Part>
          </FigureLine>
        </Link>
      </li>
      <li>
        <Link className={styles.card} to={paths.reports} search={reports.failed > 0 ? { status: 'failed' } : {}}>
          <Figure
            label="Reports"
            value={<Changing value={formatNumber(reports.sent)} />}
            unit={`sent in ${window_days} days`}
          />
          <ReportsLine reports={reports} />
        </Link>
      </li>
    </FigureList>
  );
}

/** A figure and its word, which a narrow card does not part. */
function Part({ children }: { children: ReactNode }) {
  return <span className={styles.part}>{children}</span>;
}

/** What was not sent: failures first, and so that they are seen. */
function ReportsLine({ reports: { pending, sending, failed } }: { reports: OverviewData['reports'] }) {
  const waiting = pending + sending;
  const waitingWords = `${waiting === 0 ? 'none' : formatNumber(waiting)} waiting`;
  if (failed === 0) return <FigureLine>none failed, {waitingWords}</FigureLine>;
  return (
    <FigureLine>
      <span className={styles.failed}>
        <Icon name="triangle" size={12} /> {formatNumber(failed)} failed
      </span>
      , <Part>{waitingWords}</Part>
    </FigureLine>
  );
}
