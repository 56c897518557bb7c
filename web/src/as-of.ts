import { useSearch } from '@tanstack/react-router';

/** The past day that the address names, `undefined` while it is now. Every page sends it along with its questions. */
export function useAsOf(): string | undefined {
  return useSearch({ strict: false, select: ({ as_of }) => as_of });
}

/** The same page on another day, or now; a list begins with its first page. */
export function onDay<Search extends object>(
  { page: _page, ...search }: Search & { page?: number },
  as_of: string | undefined,
) {
  return { ...search, as_of };
}

/** The day before `now` in the calendar of the business: the last one that is over. */
export function yesterdayIn(timeZone: string, now: Date): string {
  const today = new Date(`${new Intl.DateTimeFormat('en-CA', { timeZone }).format(now)}T00:00:00Z`);
  return new Date(today.getTime() - DAY_MS).toISOString().slice(0, 10);
}

const DAY_MS = 24 * 60 * 60 * 1000;
