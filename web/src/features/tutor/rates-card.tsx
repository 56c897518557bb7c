import { useQuery } from '@tanstack/react-query';
import { ratesQuery } from '../../api/queries.ts';
import { describeCommonCause } from '../../components/background-words.ts';
import { useBusinessZone } from '../../components/use-business-zone.ts';
import { ChartFrame } from '../../ui/chart/chart-frame.tsx';
import { Failure, Loading, Skeleton } from '../../ui/states.tsx';
import styles from './chart-card.module.css';
import { PeriodChoice } from './period-choice.tsx';
import { pointsOf, summariseRates } from './rate-series.ts';
import { RATES_HEIGHT, RatesChart } from './rates-chart.tsx';
import { RatesTable } from './rates-table.tsx';
import type { TutorView } from './tutor-link.tsx';

/** How the rates of the three windows moved in the period that the address names. */
export function RatesCard({ view }: { view: TutorView }) {
  const { id, search } = view;
  const { data, error, refetch, isPlaceholderData } = useQuery(ratesQuery(id, search.days, search.as_of));
  const zone = useBusinessZone();
  if (data === undefined) {
    return (
      <div className={styles.card}>
        {error !== null ? (
          <Failure title="The rates could not be loaded." error={error} retry={() => void refetch()} />
        ) : (
          <Loading what="the rates">
            <Skeleton height={RATES_HEIGHT + 40} />
          </Loading>
        )}
      </div>
    );
  }
  const points = pointsOf(data, zone);
  return (
    <div className={styles.card} aria-busy={isPlaceholderData}>
      <ChartFrame
        title="How has the rate moved?"
        summary={summariseRates(points, data.risk_threshold)}
        table={
          <div className={styles.long}>
            <RatesTable points={points} />
          </div>
        }
        height={RATES_HEIGHT}
        controls={<PeriodChoice view={view} />}
        draw={(width) => (
          <RatesChart
            points={points}
            flags={data.flags}
            leftOut={data.common_cause_days}
            threshold={data.risk_threshold}
            width={width}
          />
        )}
      />
      <p className={styles.note}>
        Shaded in blue: the true rate lies in there, with a certainty of 90 %.
        {data.common_cause_days.length > 0 && ' Grey: days with a common cause, which no evidence counts.'}
      </p>
      {data.common_cause_days.length > 0 && (
        <ul className={styles.note}>
          {data.common_cause_days.map((day) => (
            <li key={day.day}>{describeCommonCause(day)}</li>
          ))}
        </ul>
      )}
    </div>
  );
}
