import { useNavigate } from '@tanstack/react-router';
import type { RefObject } from 'react';
import { formatNumber } from '#contract/format.ts';
import type { TutorList } from '#contract/tutors.ts';
import { paths } from '../../paths.ts';
import { WINDOWS } from '../../search.ts';
import { buttonClass } from '../../ui/button.tsx';
import { ChoiceGroup, OptionWords, optionClass } from '../../ui/choice.tsx';
import { Icon } from '../../ui/icon.tsx';
import { ColumnsMenu } from './columns-menu.tsx';
import { SearchBox } from './search-box.tsx';
import { ActiveSelect, RuleSelect, SortSelect } from './selects.tsx';
import styles from './toolbar.module.css';
import { changed, csvPath, type TutorsSearch } from './tutors-search.ts';
import { ViewLink } from './view-link.tsx';

type ToolbarProps = {
  search: TutorsSearch;
  /** Unknown until the first answer. */
  counts: TutorList['evidence_counts'] | undefined;
  searchBox: RefObject<HTMLInputElement | null>;
};

/** Which tutors, which window, which columns; each choice is an address. */
export function Toolbar({ search, counts, searchBox }: ToolbarProps) {
  const navigate = useNavigate({ from: paths.tutors });
  const show = (change: Partial<TutorsSearch>, replace: boolean) =>
    void navigate({
      to: paths.tutors,
      search: (previous) => changed(previous, change),
      replace,
      resetScroll: false,
    });
  return (
    <div className={`${styles.toolbar} no-print`}>
      <SearchBox
        ref={searchBox}
        value={search.search ?? ''}
        onChange={(text) => show({ search: text === '' ? undefined : text }, true)}
      />
      <EvidenceChoice search={search} counts={counts} />
      <RuleSelect search={search} onChange={show} />
      <ActiveSelect search={search} onChange={show} />
      <WindowChoice search={search} />
      <RateBounds search={search} />
      <SortSelect search={search} onChange={show} />
      <div className={styles.end}>
        <ColumnsMenu search={search} onChange={show} />
        <a href={csvPath(search)} download className={buttonClass()} title="All pages, with the columns on screen">
          <Icon name="download" /> <span className={styles.words}>CSV</span>
        </a>
      </div>
    </div>
  );
}

const CHOICES = [
  { evidence: 'all', words: 'All' },
  { evidence: 'flagged', words: 'Confirmed or watch' },
  { evidence: 'confirmed', words: 'Confirmed' },
  { evidence: 'watch', words: 'Watch' },
  { evidence: 'clear', words: 'Clear' },
  { evidence: 'too_few', words: 'Too few' },
] as const;

/** Both flagged tiers together are what the overview leads to; there is no need to choose them here. */
function EvidenceChoice({ search, counts }: Pick<ToolbarProps, 'search' | 'counts'>) {
  const offered = CHOICES.filter(({ evidence }) => evidence !== 'flagged' || search.evidence === 'flagged');
  return (
    <ChoiceGroup label="Evidence">
      {offered.map(({ evidence, words }) => (
        <ViewLink
          key={evidence}
          search={search}
          change={{ evidence }}
          isChosen={search.evidence === evidence}
          className={optionClass}
        >
          <OptionWords count={counts && formatNumber(counts[evidence])}>{words}</OptionWords>
        </ViewLink>
      ))}
    </ChoiceGroup>
  );
}

function WindowChoice({ search }: Pick<ToolbarProps, 'search'>) {
  return (
    <ChoiceGroup label="Window">
      {WINDOWS.map((days) => (
        <ViewLink
          key={days}
          search={search}
          change={{ window_days: days }}
          isChosen={search.window_days === days}
          className={optionClass}
        >
          <span aria-hidden="true">{days} d</span>
          <span className="visually-hidden">{days} days</span>
        </ViewLink>
      ))}
    </ChoiceGroup>
  );
}

/** The bounds that a bar of the overview's picture leads here with, and the way to be rid of them. */
function RateBounds({ search }: Pick<ToolbarProps, 'search'>) {
  const bounds = describeBounds(search);
  if (bounds === null) return null;
  return (
    <ViewLink
      search={search}
      change={{ rate_from: undefined, rate_below: undefined }}
      className={styles.bounds}
      label={`${bounds}: remove this filter`}
    >
      {bounds} <Icon name="close" size={12} />
    </ViewLink>
  );
}

/** "Rate 15–20 %"; no rate is above 100 %. */
function describeBounds({ rate_from, rate_below }: TutorsSearch): string | null {
  if (rate_below === undefined) return rate_from === undefined ? null : `Rate from ${rate_from} %`;
  return rate_below > 100 ? `Rate from ${rate_from ?? 0} %` : `Rate ${rate_from ?? 0}–${rate_below} %`;
}
