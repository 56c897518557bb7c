import type { ReactNode } from 'react';
import { buttonClass } from '../../ui/button.tsx';
import { Pager } from '../../ui/pager.tsx';
import { Empty } from '../../ui/states.tsx';
import styles from './tabs.module.css';
import { TutorLink, type TutorView } from './tutor-link.tsx';

export const PAGE_SIZE = 25;

type TabPagesProps = { view: TutorView; total: number; children: ReactNode };

/** A page of a long list and the ways to the others; an address beyond its end says so and leads back. */
export function TabPages({ view, total, children }: TabPagesProps) {
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
  return (
    <>
      {children}
      {total > PAGE_SIZE && (
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
      )}
    </>
  );
}
