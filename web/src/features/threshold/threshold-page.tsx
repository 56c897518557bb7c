import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { thresholdQuery } from '../../api/queries.ts';
import { Empty, Failure } from '../../ui/states.tsx';
import { useTitle } from '../../ui/use-title.ts';
import { ByThresholdCard } from './by-threshold-card.tsx';
import { Controls } from './controls.tsx';
import { CourseCard } from './course-card.tsx';
import { FigureCards } from './figure-cards.tsx';
import { RulesTable } from './rules-table.tsx';
import { StoreThreshold } from './store-threshold.tsx';
import type { ReplayData } from './threshold-data.ts';
import styles from './threshold-page.module.css';
import { readThresholdSearch, type ThresholdSearch } from './threshold-search.ts';
import { ThresholdSkeleton } from './threshold-skeleton.tsx';

/** What would another threshold, or another level of evidence, change? */
export function ThresholdPage() {
  useTitle('Threshold');
  const { risk_threshold, level } = readThresholdSearch(useSearch({ from: '/signed-in/threshold' }));
  const { data, error, refetch, isPlaceholderData } = useQuery(thresholdQuery({ risk_threshold, level }));
  return (
    <div className={styles.page}>
      <div>
        <h1>Threshold</h1>
        <p className="muted">What would another threshold, or another level of evidence, change?</p>
      </div>
      {data !== undefined ? (
        <Parts replay={data} search={{ risk_threshold, level }} isBusy={isPlaceholderData} />
      ) : error !== null ? (
        <Failure title="The replay could not be loaded." error={error} retry={() => void refetch()} />
      ) : (
        <ThresholdSkeleton />
      )}
    </div>
  );
}

type PartsProps = { replay: ReplayData; search: ThresholdSearch; isBusy: boolean };

function Parts({ replay, search, isBusy }: PartsProps) {
  const threshold = search.risk_threshold ?? replay.current.risk_threshold;
  return (
    <>
      <section className={styles.panel} aria-label="What is looked at">
        <Controls search={search} threshold={threshold} isBusy={isBusy} />
        <StoreThreshold replay={replay} isBusy={isBusy} />
      </section>
      {replay.tutors === 0 ? (
        <Empty title="There is nothing to play again yet.">
          <p>No active tutor had sessions in the last 90 days.</p>
        </Empty>
      ) : (
        <div className={styles.page} aria-busy={isBusy}>
          <FigureCards replay={replay} />
          <div className={styles.charts}>
            <CourseCard replay={replay} />
            <ByThresholdCard replay={replay} />
          </div>
          <RulesTable replay={replay} />
        </div>
      )}
    </>
  );
}
