import { useQuery } from '@tanstack/react-query';
import { formatProbability } from '#contract/format.ts';
import { TIER_LIMITS } from '#scoring/evidence.ts';
import { ratesQuery } from '../../api/queries.ts';
import { useBusinessZone } from '../../components/use-business-zone.ts';
import { ChartFrame } from '../../ui/chart/chart-frame.tsx';
import { Failure, Loading, Skeleton } from '../../ui/states.tsx';
import styles from './chart-card.module.css';
import { pointsOf } from './rate-series.ts';
import { summariseSureness, whatWasSaid } from './sureness.ts';
import { SURENESS_HEIGHT, SurenessChart } from './sureness-chart.tsx';
import { SurenessTable } from './sureness-table.tsx';
import type { TutorView } from './tutor-link.tsx';

const { confirmed, watch } = TIER_LIMITS;

/** The history of a tutor's risk: how likely it was on each day of the period, and what was said. */
export function SurenessCard({ view: { id, search } }: { view: TutorView }) {
  const { data, error, refetch, isPlaceholderData } = useQuery(ratesQuery(id, search.days, search.as_of));
  const zone = useBusinessZone();
  if (data === undefined) {
    return (
      <div className={styles.card}>
        {error !== null ? (
          <Failure title="The history could not be loaded." error={error} retry={() => void refetch()} />
        ) : (
          <Loading what="the history">
            <Skeleton height={SURENESS_HEIGHT + 40} />
          </Loading>
        )}
      </div>
    );
  }
  const points = pointsOf(data, zone);
  return (
    <div className={styles.card} aria-busy={isPlaceholderData}>
      <ChartFrame
        title="How sure were we?"
        summary={summariseSureness(points, data.flags)}
        table={<SurenessTable points={points} said={whatWasSaid(data.flags)} />}
        height={SURENESS_HEIGHT}
        draw={(width) => (
          <SurenessChart points={points} flags={data.flags} leftOut={data.common_cause_days} width={width} />
        )}
      />
      <p className={styles.note}>
        How likely the true rate was above {data.risk_threshold} %, by today’s threshold, from the 90 days before. What
        was said stays until it is clearly no longer so: confirmed until below {formatProbability(confirmed.until)},
        watch until below {formatProbability(watch.until)}.
      </p>
    </div>
  );
}
