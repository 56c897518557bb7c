import { useQuery } from '@tanstack/react-query';
import { formatProbability } from '#contract/format.ts';
import { TIER_LIMITS } from '#scoring/evidence.ts';
import { ratesQuery } from '../../api/queries.ts';
import { useBusinessZone } from '../../components/use-business-zone.ts';
import { ChartFrame } from '../../ui/chart/chart-frame.tsx';
import { ChartAnswer } from './chart-answer.tsx';
import styles from './chart-card.module.css';
import { pointsOf } from './rate-series.ts';
import { summariseSureness, whatWasSaid } from './sureness.ts';
import { SURENESS_HEIGHT, SurenessChart } from './sureness-chart.tsx';
import { SurenessTable } from './sureness-table.tsx';
import type { TutorView } from './tutor-link.tsx';

const { confirmed, watch } = TIER_LIMITS;

/** The history of a tutor's risk: how likely it was on each day of the period, and what was said. */
export function SurenessCard({ view: { id, search } }: { view: TutorView }) {
  const answer = useQuery(ratesQuery(id, search.days, search.as_of));
  const zone = useBusinessZone();
  return (
    <ChartAnswer answer={answer} what="history" height={SURENESS_HEIGHT}>
      {(rates) => {
        const { flags, risk_threshold, common_cause_days } = rates;
        const points = pointsOf(rates, zone);
        return (
          <>
            <ChartFrame
              title="How sure were we?"
              summary={summariseSureness(points, flags)}
              table={<SurenessTable points={points} said={whatWasSaid(flags)} />}
              height={SURENESS_HEIGHT}
              draw={(width) => (
                <SurenessChart points={points} flags={flags} leftOut={common_cause_days} width={width} />
              )}
            />
            <p className={styles.note}>
              How likely the true rate was above {risk_threshold} %, by today’s threshold, from the 90 days before. What
              was said stays until it is clearly no longer so: confirmed until below{' '}
              {formatProbability(confirmed.until)}, watch until below {formatProbability(watch.until)}.
            </p>
          </>
        );
      }}
    </ChartAnswer>
  );
}
