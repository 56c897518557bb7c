import { countOf, formatNumber } from '#contract/format.ts';
import { Icon } from '../../ui/icon.tsx';
import type { OverviewData } from './overview-data.ts';
import styles from './waiting-line.module.css';

/** Scores follow within seconds; longer than this and somebody should look. */
const LATE_SECONDS = 60;

type WaitingLineProps = { asOf: string; waiting: OverviewData['waiting'] };

/** How far the scores are behind the sessions; nothing when they are not. Both instants are the server's own. */
export function WaitingLine({ asOf, waiting: { tutors, since } }: WaitingLineProps) {
  if (tutors === 0) return null;
  const seconds = since === null ? 0 : Math.max(0, Math.round((Date.parse(asOf) - Date.parse(since)) / 1000));
  const isLate = seconds > LATE_SECONDS;
  const age = tutors === 1 ? `for ${formatSpan(seconds)}` : `the oldest for ${formatSpan(seconds)}`;
  return (
    <p className={isLate ? styles.late : styles.line}>
      {isLate && <Icon name="half-circle" size={12} />} {countOf(tutors, 'tutor')} {tutors === 1 ? 'waits' : 'wait'} to
      be scored, {age}.
    </p>
  );
}

function formatSpan(seconds: number): string {
  if (seconds < 120) return `${seconds} s`;
  if (seconds < 7_200) return `${Math.floor(seconds / 60)} min`;
  return `${formatNumber(Math.floor(seconds / 3_600))} h`;
}
