import { Link } from '@tanstack/react-router';
import { paths } from '../../paths.ts';
import { Card } from '../../ui/card.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Empty } from '../../ui/states.tsx';
import { Time } from '../../ui/time.tsx';
import { reasonOf, stateOf } from './flag-words.ts';
import type { OverviewData } from './overview-data.ts';
import styles from './what-changed.module.css';

type Change = OverviewData['recent_flags'][number];

/** Who became confirmed or came on watch last, for whom that ended, and why. */
export function WhatChanged({ changes }: { changes: readonly Change[] }) {
  return (
    <Card title="What changed">
      {changes.length === 0 ? (
        <Empty title="Nothing has changed yet.">
          <p className="muted">A line appears here when a tutor is confirmed or comes on watch, and when that ends.</p>
        </Empty>
      ) : (
        <ol>
          {changes.map((change) => (
            <li key={`${change.tutor_id} ${change.change} ${change.at}`} className={styles.change}>
              <span className={styles.time}>
                <Time at={change.at} as="ago" />
              </span>
              <FlagState change={change} />
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

function FlagState({ change }: { change: Change }) {
  const { look, icon, words } = stateOf(change);
  return (
    <span className={styles[look]}>
      <Icon name={icon} size={12} /> {words}
    </span>
  );
}
