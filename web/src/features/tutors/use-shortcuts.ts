import { type RefObject, useEffect, useState } from 'react';
import { useLastRow } from './use-last-row.ts';

type Places = { search: RefObject<HTMLInputElement | null>; table: RefObject<HTMLElement | null> };

/** Whether single keys do something; kept in this browser. Who speaks to the computer may have to turn them off. */
const KEY = 'shortcuts';

/**
 * `/` leads to the search; `j` and `k`, and within the table the arrow keys, lead from row to row. The row is selected
 * by focusing its link: a screen reader says it, and Enter opens it.
 */
export function useShortcuts({ search, table }: Places): { isOn: boolean; toggle: () => void } {
  const [isOn, setIsOn] = useState(stored);
  const last = useLastRow(table);
  useEffect(() => {
    if (!isOn) return undefined;
    const act = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      const target = event.key === '/' ? search.current : nextRow(event.key, table.current, last.current);
      if (target === null) return;
      event.preventDefault();
      if (target instanceof HTMLInputElement) target.select();
      target.focus({ preventScroll: true });
      target.scrollIntoView({ block: 'nearest' });
    };
    document.addEventListener('keydown', act);
    return () => document.removeEventListener('keydown', act);
  }, [isOn, search, table, last]);
  const toggle = () => {
    setIsOn(!isOn);
    store(!isOn);
  };
  return { isOn, toggle };
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('input, textarea, select, [contenteditable]') !== null;
}

/** The link of the row that a key leads to, from the row in focus or else from the one that had it last. */
function nextRow(key: string, table: HTMLElement | null, last: string | null): HTMLElement | null {
  const step = stepOf(key, table?.contains(document.activeElement) === true);
  if (table === null || step === 0) return null;
  const links = [...table.querySelectorAll<HTMLElement>('tbody a')];
  const focused = links.findIndex((link) => link === document.activeElement);
  const from = focused === -1 ? links.findIndex((link) => link.getAttribute('href') === last) : focused;
  return links[from === -1 ? 0 : Math.min(Math.max(from + step, 0), links.length - 1)] ?? null;
}

function stepOf(key: string, isInTable: boolean): number {
  if (key === 'j' || (isInTable && key === 'ArrowDown')) return 1;
  if (key === 'k' || (isInTable && key === 'ArrowUp')) return -1;
  return 0;
}

function stored(): boolean {
  try {
    return localStorage.getItem(KEY) !== 'off';
  } catch {
    return true;
  }
}

function store(isOn: boolean): void {
  try {
    localStorage.setItem(KEY, isOn ? 'on' : 'off');
  } catch {
    // Storage may be closed to us: the choice holds until the page is left.
  }
}
