import { useLive } from '../api/live.tsx';
import { formatAgo, formatClock } from '../ui/time.tsx';
import { useNow } from '../ui/use-now.ts';
import styles from './freshness.module.css';

/** How old what is on screen is, and whether it is kept up to date: a warning when it is not. */
export function Freshness() {
  const { connection, asOf } = useLive();
  const now = useNow();
  const time = asOf && formatClock(asOf);
  switch (connection) {
    case 'live':
      return (
        <span className={styles.line} title="Changes are shown at once.">
          {time && `as of ${time}`}
          <span className={time ? styles.detail : undefined}>{time && ' · '}live</span>
        </span>
      );
    case 'polling':
      return (
        <span className={styles.polling} title="No stream of changes: asked anew every 30 seconds.">
          {time && `as of ${time}`}
          <span className={time ? styles.detail : undefined}>{time && ' · '}every 30 s</span>
        </span>
      );
    case 'lost':
      return (
        <span className={styles.lost} role="alert">
          Connection lost
          <span className={styles.detail}>{asOf === null ? '' : ` · data from ${time} (${formatAgo(asOf, now)})`}</span>
        </span>
      );
    default:
      return connection satisfies never;
  }
}
