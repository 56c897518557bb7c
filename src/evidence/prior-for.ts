import type { Db } from '../database/connection.ts';
import { fitPrior } from './fit-prior.ts';
import type { Moment } from './moment.ts';
import { priorAt, type StoredPrior } from './prior-queries.ts';

/**
 * The prior that was in force at a moment. For a past day before the first one it is fitted to what had happened by
 * then, and has no version.
 */
export async function priorFor(db: Db, { asOf, isPast }: Moment): Promise<StoredPrior> {
  const stored = await priorAt(db, asOf);
  if (!isPast || stored.version !== null) return stored;
  const { prior, ...fit } = await fitPrior(db, asOf);
  return { ...fit, ...prior, version: null };
}
