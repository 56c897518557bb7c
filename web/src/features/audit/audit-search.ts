import { AUDIT_ACTIONS, AUDIT_SUBJECTS, type AuditAction, type AuditSubject } from '#contract/audit-words.ts';
import { withQuery } from '../../api/client.ts';
import { calendarDay, choice, type RawSearch, whole, withoutDefaults, words } from '../../search.ts';

/** The audit log as an address: which records. */
export type AuditSearch = {
  /** The first and the last day, of the business's calendar. */
  from?: string | undefined;
  to?: string | undefined;
  action: AuditAction | 'all';
  subject: AuditSubject | 'all';
  /** Who did it: an id as the log has it. */
  actor?: string | undefined;
  subject_id?: string | undefined;
  page: number;
};

export const AUDIT_DEFAULTS = { action: 'all', subject: 'all', page: 1 } as const satisfies AuditSearch;

export function readAuditSearch(raw: RawSearch): AuditSearch {
  return {
    from: calendarDay(raw['from']),
    to: calendarDay(raw['to']),
    action: choice(raw['action'], ['all', ...AUDIT_ACTIONS], 'all'),
    subject: choice(raw['subject'], ['all', ...AUDIT_SUBJECTS], 'all'),
    actor: words(raw['actor'])?.slice(0, LONGEST_ID),
    subject_id: words(raw['subject_id'])?.slice(0, LONGEST_ID),
    page: whole(raw['page'], 1, 1_000_000, 1),
  };
}

/** Longer ones the API does not take. */
const LONGEST_ID = 200;

export const PAGE_SIZE = 50;

/** What the API is asked for. */
export function selectionOf(search: AuditSearch) {
  return { ...filtersOf(search), limit: PAGE_SIZE, offset: (search.page - 1) * PAGE_SIZE };
}

/** Where the same records can be had as CSV, of all pages. */
export function csvPath(search: AuditSearch): string {
  return withQuery('/api/audit.csv', filtersOf(search));
}

function filtersOf({ from, to, action, subject, actor, subject_id }: AuditSearch) {
  return {
    from,
    to,
    action: action === 'all' ? undefined : action,
    subject: subject === 'all' ? undefined : subject,
    actor,
    subject_id,
  };
}

export function hasFilters(search: AuditSearch): boolean {
  return Object.values(filtersOf(search)).some((value) => value !== undefined);
}

/** The same page with something changed, as an address; another selection begins with its first page. */
export function addressOf(search: AuditSearch, change: Partial<AuditSearch>): Partial<AuditSearch> {
  return withoutDefaults({ ...search, page: 1, ...change }, AUDIT_DEFAULTS);
}
