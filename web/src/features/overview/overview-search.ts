import { calendarDay, type RawSearch, type WindowDays, windowDays } from '../../search.ts';

export type OverviewSearch = { window_days: WindowDays; as_of?: string | undefined };

export const OVERVIEW_DEFAULTS: OverviewSearch = { window_days: 30 };

export function readOverviewSearch(raw: RawSearch): OverviewSearch {
  return { window_days: windowDays(raw['window_days']), as_of: calendarDay(raw['as_of']) };
}
