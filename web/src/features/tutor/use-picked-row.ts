import { type RefObject, useEffect, useRef } from 'react';

/**
 * For the row of a table that an address picks out, by its `session`: whoever comes with that address is led to it, once
 * it is there (until then `undefined`).
 */
export function usePickedRow(session: string | undefined): RefObject<HTMLTableRowElement | null> {
  const row = useRef<HTMLTableRowElement>(null);
  useEffect(() => {
    if (session === undefined) return;
    row.current?.focus({ preventScroll: true });
    row.current?.scrollIntoView({ block: 'center' });
  }, [session]);
  return row;
}
