import { useId } from 'react';
import { countOf, formatNumber } from '#contract/format.ts';
import { buttonClass } from '../../ui/button.tsx';
import { Pager } from '../../ui/pager.tsx';
import { Empty } from '../../ui/states.tsx';
import { BoundsForm } from './bounds-form.tsx';
import { type FunnelData, hasBounds, isWithin } from './funnel-data.ts';
import { FunnelLink } from './funnel-link.tsx';
import styles from './funnel-page.module.css';
import type { FunnelSearch } from './funnel-search.ts';
import { FunnelTable } from './funnel-table.tsx';
import type { Limits } from './words.ts';

const PAGE_SIZE = 50;

type SelectionPartProps = { funnel: FunnelData; search: FunnelSearch; limits: Limits };

/** The picture as a table: the tutors of the selection, or all of them, whoever lies farthest outside first. */
export function SelectionPart({ funnel, search, limits }: SelectionPartProps) {
  const id = useId();
  const isSelected = hasBounds(search);
  const tutors = isSelected ? funnel.tutors.filter((tutor) => isWithin(search, tutor)) : funnel.tutors;
  const pages = Math.max(1, Math.ceil(tutors.length / PAGE_SIZE));
  const page = Math.min(search.page, pages);
  return (
    <section className={styles.card} aria-labelledby={id}>
      <h2 id={id}>{isSelected ? 'Tutors in the selection' : 'All tutors, farthest outside first'}</h2>
      <BoundsForm search={search} />
      <p role="status" className={isSelected ? styles.note : 'visually-hidden'}>
        {isSelected && `${formatNumber(tutors.length)} of ${countOf(funnel.tutors.length, 'tutor')} selected.`}
      </p>
      {tutors.length === 0 ? (
        <Empty title="No tutor lies in this selection." />
      ) : (
        <>
          <FunnelTable
            tutors={tutors.slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE)}
            windowDays={search.window_days}
            limits={limits}
          />
          <Pager
            page={page}
            pageSize={PAGE_SIZE}
            total={tutors.length}
            link={(to, words, name) => (
              <FunnelLink key={name} search={search} change={{ page: to }} className={buttonClass()} label={name}>
                {words}
              </FunnelLink>
            )}
          />
        </>
      )}
    </section>
  );
}
