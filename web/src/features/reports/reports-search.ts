import { choice, type RawSearch, whole, withoutDefaults, words } from '../../search.ts';

/** The reports as an address: which, and which one is open. */
export type ReportsSearch = {
  status: 'all' | 'pending' | 'sending' | 'sent' | 'failed';
  tutor_id?: string | undefined;
  page: number;
  /** The id of the report that is being read. */
  open?: string | undefined;
  format: 'html' | 'text' | 'source';
};

export const REPORTS_DEFAULTS = { status: 'all', page: 1, format: 'html' } as const satisfies ReportsSearch;

export function readReportsSearch(raw: RawSearch): ReportsSearch {
  return {
    status: choice(raw['status'], ['all', 'pending', 'sending', 'sent', 'failed'], 'all'),
    tutor_id: words(raw['tutor_id']),
    page: whole(raw['page'], 1, 1_000_000, 1),
    open: words(raw['open']),
    format: choice(raw['format'], ['html', 'text', 'source'], 'html'),
  };
}

export const PAGE_SIZE = 50;

/** What the API is asked for. */
export function selectionOf({ status, tutor_id, page }: ReportsSearch) {
  return {
    status: status === 'all' ? undefined : status,
    tutor_id,
    limit: PAGE_SIZE,
    offset: (page - 1) * PAGE_SIZE,
  };
}

/** The same page with something changed, as an address. */
export function addressOf(search: ReportsSearch, change: Partial<ReportsSearch>): Partial<ReportsSearch> {
  return withoutDefaults({ ...search, ...change }, REPORTS_DEFAULTS);
}
