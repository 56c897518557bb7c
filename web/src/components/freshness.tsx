import { useLive } from '../api/live.tsx';
import { useAsOf } from '../as-of.ts';
import { formatAgo, formatCalendarDay, formatClock } from '../ui/time.tsx';
import { useNow } from '../ui/use-now.ts';
import { DayMenu } from './day-menu.tsx';
import styles from './freshness.module.css';

/**
 * How old what is on screen is, and whether it is kept up to date: a warning when it is not. It opens the choice of a
 * past day.
 */
export function Freshness() {
  const { connection, asOf } = useLive();
  const pastDay = useAsOf();
  const now = useNow();
  const time = asOf && formatClock(asOf);
  switch (connection) {
    case 'live':
    case 'polling':
      return (
        <DayMenu name={`${nowWords(pastDay, connection, time)}. Choose a past day`}>
          {pastDay === undefined ? (
            <Now way={connection} time={time} />
          ) : (
            <span className={styles.past}>{formatCalendarDay(pastDay)}</span>
          )}
        </DayMenu>
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

const WAYS = { live: 'live', polling: 'every 30 s' } as const;
const TITLES = {
  live: 'Changes are shown at once.',
  polling: 'No stream of changes: asked anew every 30 seconds.',
} as const;

function Now({ way, time }: { way: keyof typeof WAYS; time: string | null }) {
  return (
    <span className={way === 'live' ? styles.line : styles.polling} title={TITLES[way]}>
      {time && `as of ${time}`}
      <span className={time ? styles.detail : undefined}>
        {time && ' · '}
        {WAYS[way]}
      </span>
    </span>
  );
}

/** What the control shows, for who hears it. */
function nowWords(pastDay: string | undefined, way: keyof typeof WAYS, time: string | null): string {
  if (pastDay !== undefined) return formatCalendarDay(pastDay);
  return time === null ? WAYS[way] : `as of ${time} · ${WAYS[way]}`;
}
