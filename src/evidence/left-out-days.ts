import type { Db } from '../database/connection.ts';
import { type TimeWindow, windowAt } from '../scoring/window.ts';
import { commonCauseDaysWithin } from './day-queries.ts';

/** The window, in days, that evidence is weighed from. */
export const EVIDENCE_DAYS = 90;

/** The days of a common cause in the 90 days that end at `asOf`: no evidence counts their sessions. */
export async function leftOutDays(db: Db, asOf: Date): Promise<TimeWindow[]> {
  const days = await commonCauseDaysWithin(db, windowAt(asOf, EVIDENCE_DAYS));
  return days.map(({ starts_at, ends_at }) => ({ from: starts_at, until: ends_at }));
}
