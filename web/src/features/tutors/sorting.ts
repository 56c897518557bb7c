import type { TutorsSearch } from './tutors-search.ts';

type SortKey = TutorsSearch['sort_by'];
type SortOrder = TutorsSearch['sort_order'];

export const SORT_KEYS = [
  { key: 'evidence', words: 'Evidence' },
  { key: 'reschedule_rate', words: 'Rate' },
  { key: 'total_sessions', words: 'Sessions' },
  { key: 'moves_above_threshold', words: 'Moves above threshold' },
  { key: 'name', words: 'Name' },
] as const satisfies readonly { key: SortKey; words: string }[];

export function isSortable(word: string): word is SortKey {
  return SORT_KEYS.some(({ key }) => key === word);
}

/** "highest first", "surest first" or "A to Z". */
export function sortedBy(key: SortKey, order: SortOrder): string {
  if (key === 'name') return order === 'asc' ? 'A to Z' : 'Z to A';
  if (key === 'evidence') return order === 'asc' ? 'least sure first' : 'surest first';
  return order === 'asc' ? 'lowest first' : 'highest first';
}

/** What a click on a head asks for: the other way round, or first what one looks for: high figures, names from A. */
export function nextOrder(key: SortKey, { sort_by, sort_order }: TutorsSearch): SortOrder {
  if (sort_by === key) return sort_order === 'asc' ? 'desc' : 'asc';
  return key === 'name' ? 'asc' : 'desc';
}
