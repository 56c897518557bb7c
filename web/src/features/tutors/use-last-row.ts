import { useLocation } from '@tanstack/react-router';
import { type RefObject, useEffect, useRef } from 'react';

/** The row that had the focus last, by its link, and the visit of the list to which it belongs. */
let place: { visit: string; href: string } | undefined;

/**
 * Which row had the focus last, by its link. When "back" leads to the list again, that row has it again as soon as it
 * is there.
 */
export function useLastRow(table: RefObject<HTMLElement | null>): RefObject<string | null> {
  // The same whenever one comes back to this very place in the history, another for each new way here.
  const visit = useLocation({ select: ({ state: { __TSR_key: key = '' } }) => key });
  const last = useRef<string | null>(null);
  const found = useRef<string>(undefined);
  useEffect(() => {
    const element = table.current;
    const remember = ({ target }: FocusEvent) => {
      if (!(target instanceof HTMLAnchorElement) || target.closest('tbody') === null) return;
      const href = target.getAttribute('href') ?? '';
      last.current = href;
      place = { visit, href };
    };
    element?.addEventListener('focusin', remember);
    return () => element?.removeEventListener('focusin', remember);
  }, [table, visit]);
  useEffect(() => {
    if (found.current === visit || linksIn(table.current).length === 0) return undefined;
    // After the frame has led the focus to the beginning of the page, and not once the reader has led it elsewhere.
    const timer = setTimeout(() => {
      found.current = visit;
      const { activeElement } = document;
      if (place?.visit !== visit || (activeElement !== document.body && activeElement?.id !== 'main')) return;
      const { href } = place;
      const row = linksIn(table.current).find((link) => link.getAttribute('href') === href);
      row?.focus({ preventScroll: true });
    });
    return () => clearTimeout(timer);
  });
  return last;
}

function linksIn(table: HTMLElement | null): HTMLElement[] {
  return [...(table?.querySelectorAll<HTMLElement>('tbody a') ?? [])];
}
