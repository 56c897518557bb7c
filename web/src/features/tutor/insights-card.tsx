import { useQuery } from '@tanstack/react-query';
import { insightsQuery } from '../../api/queries.ts';
import { Card } from '../../ui/card.tsx';
import { Failure, Loading, Skeleton } from '../../ui/states.tsx';
import styles from './insights-card.module.css';
import type { TutorView } from './tutor-link.tsx';

/** The recommendation, and what it stands on: the words of a report that would be made now. */
export function InsightsCard({ view: { id, search } }: { view: TutorView }) {
  const { data, error, refetch } = useQuery(insightsQuery(id, search.as_of));
  return (
    <Card title="What to do">
      {data !== undefined ? (
        <Insights {...data} />
      ) : error !== null ? (
        <Failure title="The recommendation could not be loaded." error={error} retry={() => void refetch()} />
      ) : (
        <Loading what="the recommendation">
          <Skeleton height={40} />
        </Loading>
      )}
    </Card>
  );
}

function Insights({ recommendation, observations }: { recommendation: string; observations: string[] }) {
  return (
    <>
      <p className={styles.recommendation}>{recommendation}</p>
      {observations.length > 0 && (
        <ul className={styles.observations} aria-label="What was observed">
          {observations.map((observation) => (
            <li key={observation}>{observation}</li>
          ))}
        </ul>
      )}
    </>
  );
}
