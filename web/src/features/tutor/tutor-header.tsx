import { useQuery } from '@tanstack/react-query';
import { describeWhy } from '#contract/evidence-words.ts';
import type { TutorDetail } from '#contract/tutors.ts';
import { evidenceQuery } from '../../api/queries.ts';
import type { OnWire } from '../../api/wire.ts';
import { BusinessDay } from '../../components/business-day.tsx';
import { EvidenceBadge } from '../../components/evidence-badge.tsx';
import { RisenMark } from '../../components/risen-mark.tsx';
import { describeRule } from '../../components/rule-words.ts';
import { useBusinessZone } from '../../components/use-business-zone.ts';
import { countsOf } from '../../components/window-counts.ts';
import { Badge } from '../../ui/badge.tsx';
import { Time } from '../../ui/time.tsx';
import { useNow } from '../../ui/use-now.ts';
import { describeFlag } from './describe-flag.ts';
import styles from './tutor-header.module.css';

type TutorHeaderProps = { tutor: OnWire<TutorDetail>; asOf: string | undefined };

/** Who it is, how the tutor stands, and why in one sentence. */
export function TutorHeader({ tutor, asOf }: TutorHeaderProps) {
  const { scores, statistics, open_flag } = tutor;
  const { data } = useQuery(evidenceQuery(tutor.id, asOf));
  // Both from one answer: of two that were given one after the other, one might not fit the other.
  const { evidence, rise_signalled_at } = data ?? scores;
  const zone = useBusinessZone();
  const now = useNow();
  const at = asOf === undefined ? now : new Date(scores.last_calculated_at);
  return (
    <header className={styles.header}>
      <div className={styles.name}>
        <h1>
          <bdi>{tutor.name}</bdi>
        </h1>
        <EvidenceBadge evidence={evidence} />
        {!tutor.is_active && <Badge tone="unknown">Inactive</Badge>}
        <RisenMark at={rise_signalled_at} />
      </div>
      <p className={styles.why}>{data?.sentences[0] ?? describeWhy(scores)}</p>
      {open_flag !== null && <p>{describeFlag(open_flag, at, zone)}</p>}
      <p className={styles.facts}>
        <span>By the rule: {describeRule(countsOf(statistics), scores.risk_threshold)}</span>
        {tutor.email === null ? <span>No email</span> : <a href={`mailto:${tutor.email}`}>{tutor.email}</a>}
        <span>
          With us since <BusinessDay at={tutor.created_at} />
        </span>
        {asOf === undefined && (
          <span>
            Last updated <Time at={scores.last_calculated_at} as="ago" />
          </span>
        )}
      </p>
    </header>
  );
}
