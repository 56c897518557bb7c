import { choice, type RawSearch, whole, withoutDefaults } from '../../search.ts';

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
    tutor_id: uuid(raw['tutor_id']),
    page: whole(raw['page'], 1, 1_000_000, 1),
    open: uuid(raw['open']),
    format: choice(raw['format'], ['html', 'text', 'source'], 'html'),
  };
}

/** An id as the API takes it; else absent: it could only be refused. */
function uuid(raw: unknown): string | undefined {
  return typeof raw === 'string' && UUID.test(raw) ? raw : undefined;
}

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

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
