import { announce } from '../database/announce.ts';
import type { Clock } from '../database/clock.ts';
import type { Db } from '../database/connection.ts';
import { rescoreTutors } from './rescore.ts';
import { lockWatermark, moveWatermark, tutorsWhoCrossed } from './sweep-queries.ts';

export type Swept = { until: Date; tutorIds: string[] };

/**
 * Re-scores the tutors whose sessions crossed an edge of a window since the last sweep, and moves the watermark, in
 * one transaction. After it every stored score is exact at the watermark. Costs what crossed, not the history.
 */
export async function sweepWindows(db: Db, clock: Clock): Promise<Swept> {
  return db.transaction().execute(async (tx) => {
    const from = await lockWatermark(tx, await clock(tx));
    const until = await clock(tx);
    if (until <= from) return { until: from, tutorIds: [] };
    const { tutorIds } = await rescoreTutors(tx, await tutorsWhoCrossed(tx, from, until), clock);
    await moveWatermark(tx, until);
    if (tutorIds.length > 0) await announce(tx, { scores: tutorIds.length });
    return { until, tutorIds };
  });
}
