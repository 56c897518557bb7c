import { formatCounts } from '#contract/format.ts';
import type { TutorListItem } from '#contract/tutors.ts';
import { formatExpected, formatInterval } from './evidence-words.ts';
import styles from './rate.module.css';

type ExpectedRateProps = {
  of: Pick<
    TutorListItem,
    'expected_rate' | 'expected_rate_lower' | 'expected_rate_upper' | 'evidence_sessions' | 'evidence_reschedules'
  >;
};

/** The rate to expect, where the true one lies with 90 %, and the counts that say so: "20 %, 14 to 26 %", "20 of 85". */
export function ExpectedRate({ of }: ExpectedRateProps) {
  const interval = formatInterval(of);
  return (
    <span className={styles.rate}>
      <span>
        <span className={styles.value}>{of.expected_rate === null ? '–' : formatExpected(of.expected_rate)}</span>
        {interval !== null && `, ${interval}`}
      </span>
      <span className={styles.counts}>
        {formatCounts({ sessions: of.evidence_sessions, reschedules: of.evidence_reschedules })}
      </span>
    </span>
  );
}
