import { useQuery } from '@tanstack/react-query';
import { ratesQuery } from '../../api/queries.ts';
import { describeCommonCause } from '../../components/background-words.ts';
import { useBusinessZone } from '../../components/use-business-zone.ts';
import { ChartFrame } from '../../ui/chart/chart-frame.tsx';
import { ChartAnswer } from './chart-answer.tsx';
import styles from './chart-card.module.css';
import { PeriodChoice } from './period-choice.tsx';
import { pointsOf, summariseRates } from './rate-series.ts';
import { RATES_HEIGHT, RatesChart } from './rates-chart.tsx';
import { RatesTable } from './rates-table.tsx';
import type { TutorView } from './tutor-link.tsx';

/** How the rates of the three windows moved in the period that the address names. */
export function RatesCard({ view }: { view: TutorView }) {
  const { id, search } = view;
  const answer = useQuery(ratesQuery(id, search.days, search.as_of));
  const zone = useBusinessZone();
  return (
    <ChartAnswer answer={answer} what="rates" height={RATES_HEIGHT}>
      {(rates) => {
        const { flags, risk_threshold, common_cause_days } = rates;
        const points = pointsOf(rates, zone);
        return (
          <>
            <ChartFrame
              title="How has the rate moved?"
              summary={summariseRates(points, risk_threshold)}
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
                  flags={flags}
                  leftOut={common_cause_days}
                  threshold={risk_threshold}
                  width={width}
                />
              )}
            />
            <p className={styles.note}>
              Shaded in blue: the true rate lies in there, with a certainty of 90 %.
              {common_cause_days.length > 0 && ' Grey: days with a common cause, which no evidence counts.'}
            </p>
            {common_cause_days.length > 0 && (
              <ul className={styles.note}>
                {common_cause_days.map((day) => (
                  <li key={day.day}>{describeCommonCause(day)}</li>
                ))}
              </ul>
            )}
          </>
        );
      }}
    </ChartAnswer>
  );
}
