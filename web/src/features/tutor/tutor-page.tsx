import { useQuery } from '@tanstack/react-query';
import { Link, useParams, useSearch } from '@tanstack/react-router';
import { ApiError } from '../../api/client.ts';
import { tutorQuery } from '../../api/queries.ts';
import { countsOf } from '../../components/window-counts.ts';
import { paths } from '../../paths.ts';
import { Failure } from '../../ui/states.tsx';
import { useTitle } from '../../ui/use-title.ts';
import { InsightsCard } from './insights-card.tsx';
import { RatesCard } from './rates-card.tsx';
import { SurenessCard } from './sureness-card.tsx';
import { TutorHeader } from './tutor-header.tsx';
import type { TutorView } from './tutor-link.tsx';
import styles from './tutor-page.module.css';
import { readTutorSearch } from './tutor-search.ts';
import { TutorSkeleton } from './tutor-skeleton.tsx';
import { TutorTabs } from './tutor-tabs.tsx';
import { WeeksCard } from './weeks-card.tsx';
import { WhyCard } from './why-card.tsx';
import { WindowTable } from './window-table.tsx';

export function TutorPage() {
  const { id } = useParams({ from: '/signed-in/tutors/$id' });
  const search = readTutorSearch(useSearch({ from: '/signed-in/tutors/$id' }));
  // Another tutor is another page: nothing of the one before may stay on screen while the new one loads.
  return <Tutor key={id} view={{ id, search }} />;
}

function Tutor({ view }: { view: TutorView }) {
  const { data: tutor, error, refetch } = useQuery(tutorQuery(view.id, view.search.as_of));
  useTitle(tutor?.name ?? 'Tutor');
  if (error instanceof ApiError && error.status === 404) return <NoSuchTutor />;
  if (tutor === undefined && error === null) return <TutorSkeleton />;
  if (tutor === undefined) {
    return (
      <>
        <h1>Tutor</h1>
        <Failure title="The tutor could not be loaded." error={error} retry={() => void refetch()} />
      </>
    );
  }
  return (
    <div className={styles.page}>
      <TutorHeader tutor={tutor} asOf={view.search.as_of} />
      <div className={styles.pictures}>
        <div className={styles.left}>
          <WhyCard view={view} />
        </div>
        <div className={styles.right}>
          <InsightsCard view={view} />
        </div>
        <div className={styles.right}>
          <WindowTable counts={countsOf(tutor.statistics)} threshold={tutor.scores.risk_threshold} />
        </div>
        <div className={styles.left}>
          <RatesCard view={view} />
        </div>
        <div className={styles.left}>
          <SurenessCard view={view} />
        </div>
        <div className={styles.left}>
          <WeeksCard view={view} />
        </div>
      </div>
      <TutorTabs view={view} />
    </div>
  );
}

function NoSuchTutor() {
  return (
    <div className={styles.page}>
      <h1>There is no such tutor.</h1>
      <p>
        The address may be cut short, or belong to another installation.{' '}
        <Link to={paths.tutors}>Look at all tutors</Link>
      </p>
    </div>
  );
}
