import { calendarDay, choice, type RawSearch, WINDOWS, type WindowDays, whole, withoutDefaults } from '../../search.ts';
import type { Bounds } from './funnel-data.ts';

/** The picture as an address: the API's own words, the bounds of what is selected, and the page of the table. */
export type FunnelSearch = Bounds & {
  window_days: WindowDays;
  is_active: 'all' | 'true' | 'false';
  page: number;
  as_of?: string | undefined;
};

/** The longest window: the more sessions, the more there is to tell from chance. */
export const FUNNEL_DEFAULTS = { window_days: 90, is_active: 'true', page: 1 } as const satisfies FunnelSearch;

export const NO_BOUNDS = {
  sessions_from: undefined,
  sessions_to: undefined,
  rate_from: undefined,
  rate_to: undefined,
} as const satisfies Bounds;

export const MOST_SESSIONS = 1_000_000;

export function readFunnelSearch(raw: RawSearch): FunnelSearch {
  const window = whole(raw['window_days'], 7, 90, FUNNEL_DEFAULTS.window_days);
  return {
    window_days: WINDOWS.find((days) => days === window) ?? FUNNEL_DEFAULTS.window_days,
    is_active: choice(raw['is_active'], ['all', 'true', 'false'], FUNNEL_DEFAULTS.is_active),
    sessions_from: whole(raw['sessions_from'], 0, MOST_SESSIONS, undefined),
    sessions_to: whole(raw['sessions_to'], 0, MOST_SESSIONS, undefined),
    rate_from: tenths(raw['rate_from']),
    rate_to: tenths(raw['rate_to']),
    page: whole(raw['page'], 1, MOST_SESSIONS, 1),
    as_of: calendarDay(raw['as_of']),
  };
}

/** The address with something changed; the table then begins with its first page. */
export function changed(search: Partial<FunnelSearch>, change: Partial<FunnelSearch>): Partial<FunnelSearch> {
  return withoutDefaults<Partial<FunnelSearch>>({ ...search, page: 1, ...change }, FUNNEL_DEFAULTS);
}

/** A rate to the tenth, which is as fine as one can point, else absent. */
function tenths(raw: unknown): number | undefined {
  if (!/^\d{1,3}(\.\d{1,9})?$/.test(String(raw))) return undefined;
  const value = Number(raw);
  return value <= 100 ? Math.round(10 * value) / 10 : undefined;
}
