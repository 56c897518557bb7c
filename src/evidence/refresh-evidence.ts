import { announce } from '../database/announce.ts';
import type { Clock } from '../database/clock.ts';
import type { Db } from '../database/connection.ts';
import { recalculateAll } from '../tutors/recalculate-all.ts';
import { startOfDay } from './day-queries.ts';
import { fitPrior } from './fit-prior.ts';
import { nameDays, RECOUNTED_MS } from './name-days.ts';
import { insertPrior, priorAt } from './prior-queries.ts';
import { walkRises } from './walk-rises.ts';

/**
 * What is done each night, and after a load in bulk: days of a common cause are named, the prior is fitted anew, the
 * watch for rises goes on to the last day that is over, and everybody is weighed by all that. Each step is a
 * transaction or several; broken off, the next round begins anew and does no harm.
 *
 * `since`: from when on days are counted again; what happened before stays as it was counted.
 */
export async function refreshEvidence(db: Db, clock: Clock, timezone: string, since?: Date): Promise<void> {
  const now = await clock(db);
  const from = since ?? new Date(now.getTime() - RECOUNTED_MS);
  await nameDays(db, { from, until: now }, timezone);
  await weighEverybody(db, clock);
  await announce(db, { scores: 1 });
}

/** The night without its days, which must be named already. */
export async function weighEverybody(db: Db, clock: Clock): Promise<void> {
  const now = await clock(db);
  const fit = await fitPrior(db, now);
  await insertPrior(db, fit);
  await walkRises(db, fit.prior, now);
  await recalculateAll(db, clock, () => {});
}

/** As `refreshEvidence`, once a business day: from its midnight on, or whenever somebody comes first. */
export async function refreshNightly(db: Db, clock: Clock, timezone: string): Promise<void> {
  const now = await clock(db);
  const { as_of } = await priorAt(db, now);
  if (as_of !== null && as_of >= (await startOfDay(db, now, timezone))) return;
  await refreshEvidence(db, clock, timezone);
}
