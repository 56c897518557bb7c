import { useQuery } from '@tanstack/react-query';
import { evidenceQuery } from '../../api/queries.ts';
import { Card } from '../../ui/card.tsx';
import { Failure, Loading, Skeleton } from '../../ui/states.tsx';
import { BELIEF_HEIGHT } from './belief-chart.tsx';
import { BeliefFigure } from './belief-figure.tsx';
import { CountedMoves } from './counted-moves.tsx';
import type { TutorView } from './tutor-link.tsx';
import styles from './why-card.module.css';

/** What is known of the tutor, against what it is held, what takes the flag away, and the moves it stands on. */
export function WhyCard({ view }: { view: TutorView }) {
  const { data, error, refetch } = useQuery(evidenceQuery(view.id, view.search.as_of));
  return (
    <Card title="Why">
      {data !== undefined ? (
        <>
          <Sentences sentences={data.sentences} />
          <BeliefFigure evidence={data} />
          <CountedMoves view={view} moves={data.moves} />
        </>
      ) : error !== null ? (
        <Failure title="The reasons could not be loaded." error={error} retry={() => void refetch()} />
      ) : (
        <Loading what="the reasons">
          <Skeleton height={BELIEF_HEIGHT + 120} />
        </Loading>
      )}
    </Card>
  );
}

/** All but the first one, which stands beneath the name. */
function Sentences({ sentences: [, ...others] }: { sentences: readonly string[] }) {
  if (others.length === 0) return null;
  return (
    <ul className={styles.sentences} aria-label="Why, in words">
      {others.map((sentence) => (
        <li key={sentence}>{sentence}</li>
      ))}
    </ul>
  );
}
