import { calendarDay, choice, type RawSearch, whole, words } from '../../search.ts';

export const PERIODS = [30, 90, 180, 365] as const;
type PeriodDays = (typeof PERIODS)[number];

/** The tutor's page as an address: how far back the pictures look, which tab is open, and what it shows. */
export type TutorSearch = {
  as_of?: string | undefined;
  days: PeriodDays;
  tab: 'reschedules' | 'sessions' | 'reports';
  initiator: 'all' | 'tutor' | 'student';
  sort_by: 'original_time' | 'hours_before_session';
  sort_order: 'asc' | 'desc';
  /** The session whose move is picked out of the list: the page that it is on is shown. */
  session?: string | undefined;
  /** Of the list in the open tab, counted from 1. */
  page: number;
};

export const TUTOR_DEFAULTS = {
  days: 90,
  tab: 'reschedules',
  initiator: 'all',
  sort_by: 'original_time',
  sort_order: 'desc',
  page: 1,
} as const satisfies TutorSearch;

export function readTutorSearch(raw: RawSearch): TutorSearch {
  const days = whole(raw['days'], 30, 365, 90);
  return {
    as_of: calendarDay(raw['as_of']),
    days: PERIODS.find((period) => period === days) ?? 90,
    tab: choice(raw['tab'], ['reschedules', 'sessions', 'reports'], 'reschedules'),
    initiator: choice(raw['initiator'], ['all', 'tutor', 'student'], 'all'),
    sort_by: choice(raw['sort_by'], ['original_time', 'hours_before_session'], 'original_time'),
    sort_order: choice(raw['sort_order'], ['asc', 'desc'], 'desc'),
    session: words(raw['session']),
    page: whole(raw['page'], 1, 1_000_000, 1),
  };
}
