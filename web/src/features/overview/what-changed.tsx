import { Link } from '@tanstack/react-router';
import { formatCounts, formatThreshold } from '#contract/format.ts';
import { paths } from '../../paths.ts';
import { Card } from '../../ui/card.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Empty } from '../../ui/states.tsx';
import { Time } from '../../ui/time.tsx';
import type { OverviewData } from './overview-data.ts';
import styles from './what-changed.module.css';

type Change = OverviewData['recent_flags'][number];

/** Which flags turned on and off last, and why. */
export function WhatChanged({ changes }: { changes: readonly Change[] }) {
  return (
    <Card title="What changed">
      {changes.length === 0 ? (
        <Empty title="Nothing has changed yet.">
          <p className="muted">A line appears here when a tutor becomes high risk, and when that ends.</p>
        </Empty>
      ) : (
        <ol>
          {changes.map((change) => (
            <li key={`${change.tutor_id} ${change.change} ${change.at}`} className={styles.change}>
              <span className={styles.time}>
                <Time at={change.at} as="ago" />
              </span>
              <span className={styles[change.change]}>
                <Icon name={change.change === 'opened' ? 'triangle' : 'check'} size={12} /> flag {change.change}
              </span>
              <span className={styles.what}>
                <Link to={paths.tutor} params={{ id: change.tutor_id }}>
                  <bdi>{change.tutor_name}</bdi>
                </Link>{' '}
                <span className={styles.why}>{reasonOf(change)}</span>
              </span>
            </li>
          ))}
        </ol>
      )}
    </Card>
  );
}

const CLOSE_REASONS = new Map([
  ['rate_fell', 'no window is above the threshold any more'],
  ['threshold_raised', 'the threshold was raised'],
]);

/** The figures are those of the moment at which the flag was opened; a closed one has outlived them. */
function reasonOf({ change, sessions, reschedules, window_days, risk_threshold, close_reason }: Change): string {
  if (change === 'closed') return CLOSE_REASONS.get(close_reason ?? '') ?? '';
  return `${formatCounts({ sessions, reschedules })} in ${window_days} days, above ${formatThreshold(risk_threshold)}`;
}
