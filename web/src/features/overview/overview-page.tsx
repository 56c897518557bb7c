import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { overviewQuery } from '../../api/queries.ts';
import { Histogram } from '../../components/histogram.tsx';
import { NoTutorsYet } from '../../components/no-tutors-yet.tsx';
import { windowDays } from '../../search.ts';
import { Failure } from '../../ui/states.tsx';
import { useTitle } from '../../ui/use-title.ts';
import { FigureCards } from './figure-cards.tsx';
import { HowTutorsStand } from './how-tutors-stand.tsx';
import type { OverviewData } from './overview-data.ts';
import styles from './overview-page.module.css';
import { readOverviewSearch } from './overview-search.ts';
import { OverviewSkeleton } from './overview-skeleton.tsx';
import { PeriodChoice } from './period-choice.tsx';
import { RecentReports } from './recent-reports.tsx';
import { WaitingLine } from './waiting-line.tsx';
import { WhatChanged } from './what-changed.tsx';
import { WhoFirst } from './who-first.tsx';

/** How are we doing, what changed, who first? */
export function OverviewPage() {
  useTitle('Overview');
  const search = readOverviewSearch(useSearch({ from: '/signed-in/' }));
  const { data, error, refetch } = useQuery(overviewQuery(search.window_days, search.as_of));
  const isEmpty = data !== undefined && hasNobody(data);
  return (
    <div className={styles.page}>
      <div className={styles.head}>
        <h1>Overview</h1>
        {!isEmpty && (
          <>
            <div className={styles.waiting}>
              {data && search.as_of === undefined && <WaitingLine asOf={data.as_of} waiting={data.waiting} />}
            </div>
            <PeriodChoice chosen={search.window_days} />
          </>
        )}
      </div>
      {isEmpty ? (
        <NoTutorsYet />
      ) : data ? (
        <Parts overview={data} asOf={search.as_of} />
      ) : error ? (
        <Failure title="The overview could not be loaded." error={error} retry={() => void refetch()} />
      ) : (
        <OverviewSkeleton />
      )}
    </div>
  );
}

/** Tutors whose first sessions are just being scored are somebody. */
function hasNobody({ tutors, waiting }: OverviewData): boolean {
  return tutors.total === 0 && waiting.tutors === 0;
}

function Parts({ overview, asOf }: { overview: OverviewData; asOf: string | undefined }) {
  const days = windowDays(overview.window_days);
  return (
    <>
      {/* Another period, or another day, has other figures: they have not changed. */}
      <FigureCards key={`${days} ${asOf}`} overview={overview} />
      <div className={styles.parts}>
        <div className={styles.left}>
          <WhoFirst overview={overview} />
        </div>
        <div className={styles.right}>
          <HowTutorsStand overview={overview} />
        </div>
        <div className={styles.right}>
          <Histogram steps={overview.distribution} threshold={overview.risk_threshold} windowDays={days} />
        </div>
        <div className={styles.left}>
          <WhatChanged changes={overview.recent_flags} />
        </div>
        <div className={styles.right}>
          <RecentReports reports={overview.recent_reports} isPast={asOf !== undefined} />
        </div>
      </div>
    </>
  );
}
