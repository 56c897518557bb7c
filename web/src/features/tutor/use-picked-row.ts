import { useRouter } from '@tanstack/react-router';
import { type RefObject, useEffect, useRef } from 'react';

/**
 * For the row of a table that an address picks out, by its `session`: whoever comes with that address is led to it, once
 * it is there (until then `undefined`), and again by a link to where they are.
 */
export function usePickedRow(session: string | undefined): RefObject<HTMLTableRowElement | null> {
  const row = useRef<HTMLTableRowElement>(null);
  const router = useRouter();
  useEffect(() => {
    if (session === undefined) return undefined;
    const lead = () => {
      row.current?.focus({ preventScroll: true });
      row.current?.scrollIntoView({ block: 'center' });
    };
    lead();
    return router.subscribe('onResolved', ({ hrefChanged }) => {
      if (!hrefChanged) lead();
    });
  }, [session, router]);
  return row;
}
