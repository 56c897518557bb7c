import { formatCounts, formatRate } from '#contract/format.ts';
import styles from './rate.module.css';

/** A rate, which never stands without its counts: "18.5 %" and "5 of 27"; a window without sessions has none. */
export function Rate({ sessions, reschedules }: { sessions: number; reschedules: number }) {
  return (
    <span className={styles.rate}>
      <span className={styles.value}>{formatRate({ sessions, reschedules })}</span>
      <span className={styles.counts}>{formatCounts({ sessions, reschedules })}</span>
    </span>
  );
}
