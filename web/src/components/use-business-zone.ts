import { useQuery } from '@tanstack/react-query';
import { meQuery } from '../api/queries.ts';

/** The zone in whose calendar the server counts and tells of days, which the viewer's own need not be. */
export function useBusinessZone(): string {
  const { data: me } = useQuery(meQuery());
  return me?.business_timezone ?? 'UTC';
}
