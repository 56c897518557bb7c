import { formatNumber } from '#contract/format.ts';
import type { EvidenceTier } from '../../components/evidence-badge.tsx';
import { FunnelMarks } from './funnel-marks.tsx';
import styles from './funnel-plot.module.css';
import { type Spot, TIERS } from './spots.ts';
import { capital, TIER_WORDS } from './words.ts';

const MARK = [{ x: 8, y: 8 }];

/** What the marks and lines are, each beside its words, the marks with how many tutors they stand for. */
export function FunnelKey({ spots, hasOuter }: { spots: readonly Spot[]; hasOuter: boolean }) {
  const tutors = spots.flatMap((spot) => spot.tutors);
  return (
    <ul className={styles.key}>
      {TIERS.toReversed().map((tier) => (
        <li key={tier}>
          <svg width={16} height={16} aria-hidden="true">
            <FunnelMarks spots={[markOf(tier)]} places={MARK} radius={3.5} />
          </svg>
          {capital(TIER_WORDS[tier])} <span className="muted">{formatNumber(countOf(tutors, tier))}</span>
        </li>
      ))}
      <li>Larger marks: several tutors at one place</li>
      <LineWords className={styles.alarm} words="chance, 95 % and 99.8 %" />
      {hasOuter && <LineWords className={styles.outer} words="outer limits, 95 % and 99.8 %" />}
    </ul>
  );
}

function LineWords({ className, words }: { className: string | undefined; words: string }) {
  return (
    <li>
      <svg width={24} height={4} aria-hidden="true">
        <path className={className} d="M0,2H24" />
      </svg>
      {words}
    </li>
  );
}

function markOf(evidence: EvidenceTier): Spot {
  return { key: evidence, sessions: 1, reschedules: 0, rate: 0, tutors: [], evidence };
}

function countOf(tutors: readonly { evidence: EvidenceTier }[], tier: EvidenceTier): number {
  return tutors.filter(({ evidence }) => evidence === tier).length;
}
