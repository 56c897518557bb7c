import { withQuery } from '../../api/client.ts';
import {
  calendarDay,
  choice,
  type RawSearch,
  type WindowDays,
  whole,
  windowDays,
  withoutDefaults,
  words,
} from '../../search.ts';
import { csvColumns, DEFAULT_COLUMNS, readColumns, writeColumns } from './columns.ts';

/** The list as an address: the API's own words, and the page counted from 1. */
export type TutorsSearch = {
  search?: string | undefined;
  as_of?: string | undefined;
  /** `flagged` is confirmed or watch. */
  evidence: 'all' | 'confirmed' | 'watch' | 'flagged' | 'clear' | 'too_few';
  risk_status: 'all' | 'high_risk' | 'low_risk';
  is_active: 'all' | 'true' | 'false';
  window_days: WindowDays;
  rate_from?: number | undefined;
  rate_below?: number | undefined;
  sort_by: 'evidence' | 'reschedule_rate' | 'total_sessions' | 'moves_above_threshold' | 'name';
  sort_order: 'asc' | 'desc';
  page: number;
  /** Comma-separated names of the columns on screen. */
  columns: string;
};

/** The surest first: by the rate alone, whoever moved the only session would lead every list. */
export const TUTORS_DEFAULTS = {
  evidence: 'all',
  risk_status: 'all',
  is_active: 'all',
  window_days: 30,
  sort_by: 'evidence',
  sort_order: 'desc',
  page: 1,
  columns: DEFAULT_COLUMNS.join(','),
} as const satisfies TutorsSearch;

export const PAGE_SIZE = 50;

export function readTutorsSearch(raw: RawSearch): TutorsSearch {
  return {
    search: words(raw['search']),
    as_of: calendarDay(raw['as_of']),
    evidence: choice(raw['evidence'], ['all', 'confirmed', 'watch', 'flagged', 'clear', 'too_few'], 'all'),
    risk_status: choice(raw['risk_status'], ['all', 'high_risk', 'low_risk'], 'all'),
    is_active: choice(raw['is_active'], ['all', 'true', 'false'], 'all'),
    window_days: windowDays(raw['window_days']),
    rate_from: whole(raw['rate_from'], 0, 100, undefined),
    rate_below: whole(raw['rate_below'], 0, 101, undefined),
    sort_by: choice(
      raw['sort_by'],
      ['evidence', 'reschedule_rate', 'total_sessions', 'moves_above_threshold', 'name'],
      TUTORS_DEFAULTS.sort_by,
    ),
    sort_order: choice(raw['sort_order'], ['asc', 'desc'], 'desc'),
    page: whole(raw['page'], 1, 1_000_000, 1),
    columns: writeColumns(readColumns(raw['columns'])),
  };
}

/** The address of the list with something changed; what is shown then begins with its first page. */
export function changed(search: Partial<TutorsSearch>, change: Partial<TutorsSearch>): Partial<TutorsSearch> {
  return withoutDefaults<Partial<TutorsSearch>>({ ...search, page: 1, ...change }, TUTORS_DEFAULTS);
}

/** Takes away every filter; window, order and columns stay. */
export const NO_FILTER = {
  search: undefined,
  evidence: 'all',
  risk_status: 'all',
  is_active: 'all',
  rate_from: undefined,
  rate_below: undefined,
} as const satisfies Partial<TutorsSearch>;

/** Whether every tutor is asked for. */
export function isUnfiltered({ search, rate_from, rate_below, ...filters }: TutorsSearch): boolean {
  const bounds = [search, rate_from, rate_below];
  const choices = [filters.evidence, filters.risk_status, filters.is_active];
  return choices.every((chosen) => chosen === 'all') && bounds.every((bound) => bound === undefined);
}

/** What the API is asked for: one page of the selection. */
export function pageOf(search: TutorsSearch) {
  return { ...selectionOf(search), limit: PAGE_SIZE, offset: (search.page - 1) * PAGE_SIZE };
}

/** Where the whole selection, all its pages, is kept as a file with the columns on screen. */
export function csvPath(search: TutorsSearch): string {
  const columns = csvColumns(readColumns(search.columns), search.window_days).join(',');
  return withQuery('/api/tutors.csv', { ...selectionOf(search), columns });
}

function selectionOf({ page: _page, columns: _columns, ...selection }: TutorsSearch) {
  return selection;
}
