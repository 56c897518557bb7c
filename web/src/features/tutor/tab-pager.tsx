import { buttonClass } from '../../ui/button.tsx';
import { Pager } from '../../ui/pager.tsx';
import { Empty } from '../../ui/states.tsx';
import styles from './tabs.module.css';
import { TutorLink, type TutorView } from './tutor-link.tsx';

export const PAGE_SIZE = 25;

/** The ways through a long list; an address beyond its end says so and leads back. */
export function TabPager({ view, total }: { view: TutorView; total: number }) {
  const { page } = view.search;
  if ((page - 1) * PAGE_SIZE >= total) {
    return (
      <Empty title="The list ends before this page.">
        <TutorLink view={view} change={{ page: 1 }} className={styles.action}>
          Go to the first page
        </TutorLink>
      </Empty>
    );
  }
  if (total <= PAGE_SIZE) return null;
  return (
    <Pager
      page={page}
      pageSize={PAGE_SIZE}
      total={total}
      link={(to, words, name) => (
        <TutorLink key={name} view={view} change={{ page: to }} className={buttonClass()} name={name}>
          {words}
        </TutorLink>
      )}
    />
  );
}
