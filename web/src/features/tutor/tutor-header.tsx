import type { TutorDetail } from '#contract/tutors.ts';
import type { OnWire } from '../../api/wire.ts';
import { RiskBadge } from '../../components/risk-badge.tsx';
import { describeWhy } from '../../components/why.ts';
import { countsOf } from '../../components/window-counts.ts';
import { Badge } from '../../ui/badge.tsx';
import { Time } from '../../ui/time.tsx';
import { useNow } from '../../ui/use-now.ts';
import { describeFlag } from './describe-flag.ts';
import styles from './tutor-header.module.css';

/** Who it is, how the tutor stands, and why in one sentence. */
export function TutorHeader({ tutor }: { tutor: OnWire<TutorDetail> }) {
  const { scores, statistics, open_flag } = tutor;
  const now = useNow();
  return (
    <header className={styles.header}>
      <div className={styles.name}>
        <h1>
          <bdi>{tutor.name}</bdi>
        </h1>
        <RiskBadge is_high_risk={scores.is_high_risk} total_sessions_90d={statistics.total_sessions_90d} />
        {!tutor.is_active && <Badge tone="unknown">Inactive</Badge>}
      </div>
      <p className={styles.why}>{describeWhy(countsOf(statistics), scores.risk_threshold)}</p>
      {open_flag !== null && <p>{describeFlag(open_flag, now)}</p>}
      <p className={styles.facts}>
        {tutor.email === null ? <span>No email</span> : <a href={`mailto:${tutor.email}`}>{tutor.email}</a>}
        <span>
          With us since <Time at={tutor.created_at} as="day" />
        </span>
        <span>
          Last updated <Time at={scores.last_calculated_at} as="ago" />
        </span>
      </p>
    </header>
  );
}
