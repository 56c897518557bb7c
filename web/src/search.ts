/**
 * What a page reads from its address. Each page names its values with the words of the API; what an address holds
 * besides, or what is not one of the choices, counts as absent: a link that was cut short still opens.
 */
export type RawSearch = Record<string, unknown>;

/** One of a few words, else the fallback. */
export function choice<const Word extends string>(raw: unknown, choices: readonly Word[], fallback: Word): Word {
  return choices.find((word) => word === raw) ?? fallback;
}

/** A whole number within bounds, else the fallback. */
export function whole<Fallback>(raw: unknown, least: number, most: number, fallback: Fallback): number | Fallback {
  const value = typeof raw === 'string' && /^\d{1,9}$/.test(raw) ? Number(raw) : raw;
  return typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most ? value : fallback;
}

/** Text that is not empty, cut to what the API takes; else absent, as is what no database can search for. */
export function words(raw: unknown): string | undefined {
  return typeof raw === 'string' && raw !== '' && !raw.includes('\0') ? raw.slice(0, 255) : undefined;
}

/** A day that is in the calendar, from 2000 on, as `2026-10-31`; else absent. */
export function calendarDay(raw: unknown): string | undefined {
  if (typeof raw !== 'string' || !/^2\d{3}-\d\d-\d\d$/.test(raw)) return undefined;
  const midnight = new Date(`${raw}T00:00:00Z`);
  return !Number.isNaN(midnight.getTime()) && midnight.toISOString().startsWith(raw) ? raw : undefined;
}

export const WINDOWS = [7, 30, 90] as const;
export type WindowDays = (typeof WINDOWS)[number];

/** One of the three windows of every score; 30 days unless the address says otherwise. */
export function windowDays(raw: unknown): WindowDays {
  const value = whole(raw, 7, 90, 30);
  return WINDOWS.find((days) => days === value) ?? 30;
}

/** What differs from the defaults, and is there at all. */
export function withoutDefaults<Search extends object>(search: Search, defaults: Partial<Search>): Partial<Search> {
  const kept: Partial<Search> = { ...search };
  for (const name in kept) if (kept[name] === undefined || kept[name] === defaults[name]) delete kept[name];
  return kept;
}

/** `?a=1&b=x`, each value as it is: no quotes, no JSON, so that an address can be read and typed. */
export function writeSearch(search: Record<string, unknown>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(search)) {
    if (typeof value === 'string' || typeof value === 'number') query.set(name, String(value));
  }
  return query.size === 0 ? '' : `?${query.toString()}`;
}

export function readSearch(text: string): RawSearch {
  return Object.fromEntries(new URLSearchParams(text));
}
