import { announce } from '../database/announce.ts';
import type { Clock } from '../database/clock.ts';
import type { Db, Tx } from '../database/connection.ts';
import { failureOf } from '../database/statements/failures.ts';
import { rescoreTutors } from './rescore.ts';
import { lockWatermark, moveWatermark, tutorsWhoCrossed } from './sweep-queries.ts';
import { markForRescoring } from './work-list-queries.ts';

export type Swept = { until: Date; tutorIds: string[] };

/**
 * Re-scores the tutors whose sessions crossed an edge of a window since the last sweep, and moves the watermark, in
 * one transaction. After it every stored score is exact at the watermark. Costs what crossed, not the history.
 *
 * Should that fail for one of them, all go on the work list instead, where the others are scored all the same.
 */
export async function sweepWindows(db: Db, clock: Clock): Promise<Swept> {
  try {
    return await sweep(db, clock, async (tx, crossed) => (await rescoreTutors(tx, crossed, clock)).tutorIds);
  } catch (error) {
    if (failureOf(error) === 'gone') throw error;
    return sweep(db, clock, async (tx, crossed) => {
      if (crossed.length > 0) await markForRescoring(crossed).execute(tx);
      return crossed;
    });
  }
}

async function sweep(db: Db, clock: Clock, update: (tx: Tx, crossed: string[]) => Promise<string[]>): Promise<Swept> {
  return db.transaction().execute(async (tx) => {
    const from = await lockWatermark(tx, await clock(tx));
    const until = await clock(tx);
    if (until <= from) return { until: from, tutorIds: [] };
    const tutorIds = await update(tx, await tutorsWhoCrossed(tx, from, until));
    await moveWatermark(tx, until);
    if (tutorIds.length > 0) await announce(tx, { scores: tutorIds.length });
    return { until, tutorIds };
  });
}
