import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { funnelQuery } from '../../api/queries.ts';
import { Failure, Loading, Skeleton } from '../../ui/states.tsx';
import { useTitle } from '../../ui/use-title.ts';
import type { FunnelData } from './funnel-data.ts';
import { FunnelFigure } from './funnel-figure.tsx';
import styles from './funnel-page.module.css';
import { FUNNEL_HEIGHT } from './funnel-plot.tsx';
import { type FunnelSearch, readFunnelSearch } from './funnel-search.ts';
import { FunnelToolbar } from './funnel-toolbar.tsx';
import { SelectionPart } from './selection-part.tsx';

/** The rate of every tutor against what chance does with so many sessions. */
export function FunnelPage() {
  useTitle('Funnel');
  const search = readFunnelSearch(useSearch({ from: '/signed-in/funnel' }));
  const { window_days, is_active, as_of } = search;
  const { data, error, refetch, isPlaceholderData } = useQuery(funnelQuery({ window_days, is_active, as_of }));
  return (
    <div className={styles.page} aria-busy={isPlaceholderData}>
      <div className={styles.head}>
        <h1>Funnel</h1>
        <FunnelToolbar search={search} />
      </div>
      {data !== undefined ? (
        <Parts funnel={data} search={search} />
      ) : error !== null ? (
        <Failure title="The funnel could not be loaded." error={error} retry={() => void refetch()} />
      ) : (
        <Loading what="the funnel">
          <Skeleton height={FUNNEL_HEIGHT + 120} />
        </Loading>
      )}
    </div>
  );
}

function Parts({ funnel, search }: { funnel: FunnelData; search: FunnelSearch }) {
  const isAlike = funnel.prior.basis === 'no_difference';
  const hasOuter = (funnel.tau_squared ?? 0) > 0 && !isAlike;
  const limits = { centre: funnel.centre ?? 0, hasOuter };
  return (
    <>
      <FunnelFigure funnel={funnel} search={search} limits={limits} />
      {funnel.tutors.length > 0 && <SelectionPart funnel={funnel} search={search} limits={limits} />}
    </>
  );
}
