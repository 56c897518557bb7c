import { announce } from '../database/announce.ts';
import type { Clock } from '../database/clock.ts';
import type { Db } from '../database/connection.ts';
import { recalculateAll } from '../tutors/recalculate-all.ts';
import { startOfDay } from './day-queries.ts';
import { fitPrior } from './fit-prior.ts';
import { nameDays, RECOUNTED_MS } from './name-days.ts';
import { finishPrior, insertPrior, lastFinishedPrior } from './prior-queries.ts';
import { restartWalk } from './rise-queries.ts';
import { walkRises } from './walk-rises.ts';

/** Stops between two steps of a long work when it is told to. */
type Stoppable = { signal?: AbortSignal };

/**
 * What is done each night: days of a common cause are named, the prior is fitted anew, the watch for rises goes on to
 * the last day that is over, and everybody is weighed by all that. Each step is a transaction or several; broken off,
 * the night is not finished, and the next look begins it anew, which does no harm.
 */
export async function refreshEvidence(db: Db, clock: Clock, timezone: string, stop: Stoppable = {}): Promise<void> {
  const now = await clock(db);
  await nameDays(db, { from: new Date(now.getTime() - RECOUNTED_MS), until: now }, timezone);
  await weighEverybody(db, clock, stop);
  await announce(db, { scores: 1 });
}

/**
 * The same after a load in bulk, whose first session was scheduled at `since`: the days from then on are counted, and
 * the watch for rises, which takes days in their order, begins anew. Alarms that were given stay.
 */
export async function refreshAfterLoad(db: Db, clock: Clock, timezone: string, since: Date): Promise<void> {
  await nameDays(db, { from: since, until: await clock(db) }, timezone);
  await db.transaction().execute(restartWalk);
  await refreshEvidence(db, clock, timezone);
}

/**
 * As `refreshEvidence`, once a business day: from its midnight on, or whenever somebody comes first. While there is too
 * little to fit a prior to, as long as it takes: whoever connects a platform and sends its past is not to wait a night.
 * Returns whether there was something to do.
 */
export async function refreshNightly(db: Db, clock: Clock, timezone: string, stop: Stoppable = {}): Promise<boolean> {
  const now = await clock(db);
  const last = await lastFinishedPrior(db);
  const isDone = last !== null && last.as_of >= (await startOfDay(db, now, timezone));
  const isEnough = isDone && (last.basis !== 'assumed' || (await fitPrior(db, now)).basis === 'assumed');
  if (!isEnough) await refreshEvidence(db, clock, timezone, stop);
  return !isEnough;
}

/** The night without its days, which must be named already. */
export async function weighEverybody(db: Db, clock: Clock, { signal }: Stoppable = {}): Promise<void> {
  const goOn = () => signal?.throwIfAborted();
  const now = await clock(db);
  const { version, prior } = await insertPrior(db, await fitPrior(db, now));
  await walkRises(db, prior, now, goOn);
  await recalculateAll(db, clock, goOn);
  await finishPrior(db, version);
}
