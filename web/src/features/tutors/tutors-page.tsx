import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { useId, useRef } from 'react';
import { tutorsQuery } from '../../api/queries.ts';
import { useTitle } from '../../ui/use-title.ts';
import { Results } from './results.tsx';
import { ShortcutHint } from './shortcut-hint.tsx';
import { Toolbar } from './toolbar.tsx';
import styles from './tutors-page.module.css';
import { pageOf, readTutorsSearch } from './tutors-search.ts';
import { useShortcuts } from './use-shortcuts.ts';

/** Every tutor, 50 at a time: found, filtered, ordered, and taken along as a file. */
export function TutorsPage() {
  useTitle('Tutors');
  const search = readTutorsSearch(useSearch({ from: '/signed-in/tutors' }));
  const query = useQuery(tutorsQuery(pageOf(search)));
  const id = useId();
  const searchBox = useRef<HTMLInputElement>(null);
  const table = useRef<HTMLElement>(null);
  const shortcuts = useShortcuts({ search: searchBox, table });
  return (
    <div className={styles.page}>
      <h1>Tutors</h1>
      <Toolbar search={search} counts={query.data?.evidence_counts} searchBox={searchBox} />
      <section ref={table} className={styles.results} aria-labelledby={id} aria-busy={query.isPlaceholderData}>
        <h2 id={id} className="visually-hidden">
          List of tutors
        </h2>
        <Results search={search} query={query} hint={<ShortcutHint {...shortcuts} />} />
      </section>
    </div>
  );
}
