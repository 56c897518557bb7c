import { Fragment } from 'react';
import { formatCounts, formatEstimate, formatRange, formatRate } from '#contract/format.ts';
import { WINDOW_DAYS } from '#scoring/window.ts';
import { formatCalendarDay } from '../../ui/time.tsx';
import { LINE_CLASSES } from './rate-lines.tsx';
import type { RatePoint } from './rate-series.ts';
import styles from './rates-chart.module.css';

/** The three windows of one day, each beside the dash of its line. */
export function RatesReadout({ point }: { point: RatePoint | undefined }) {
  if (point === undefined) return null;
  return (
    <div className={styles.readout}>
      <span className={styles.day}>{formatCalendarDay(point.day)}</span>
      {WINDOW_DAYS.map((days) => (
        <Fragment key={days}>
          <svg className={LINE_CLASSES[days]} width="20" height="4">
            <line className={styles.key} x1="0" x2="20" y1="2" y2="2" />
          </svg>
          <span>{days} days</span>
          <span className={styles.rate}>{formatRate(point.counts[days])}</span>
          <span className={styles.counts}>{formatCounts(point.counts[days])}</span>
        </Fragment>
      ))}
      {point.weighed !== null && (
        <>
          <svg width="20" height="12">
            <rect className={styles.swatch} width="20" height="12" />
          </svg>
          <span>true rate</span>
          <span className={styles.rate}>{formatEstimate(point.weighed.rate)} %</span>
          <span className={styles.counts}>{formatRange(point.weighed.lower, point.weighed.upper)}</span>
        </>
      )}
    </div>
  );
}
