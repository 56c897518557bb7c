import type { Db } from '../database/connection.ts';
import { DAYS_BEFORE, type JudgedDay, judgeDay } from '../scoring/common-cause.ts';
import { DAY_MS, type TimeWindow } from '../scoring/window.ts';
import { markForRescoring } from '../tutors/work-list-queries.ts';
import {
  type CountedDay,
  countDays,
  daysBefore,
  daysFrom,
  type NamedDay,
  saveDays,
  tutorsOfDays,
} from './day-queries.ts';

/**
 * Counts the business days of a period anew and says which of them had a common cause. Whoever had sessions on a day
 * that is named now, or no more, is put on the work list, since their evidence counts it no more, or again.
 *
 * The day that is still running is judged by its counts so far: a storm is known in the morning, before it is scored.
 */
export async function nameDays(db: Db, period: TimeWindow, timezone: string): Promise<void> {
  const counted = await countDays(db, period, timezone);
  const [first] = counted;
  if (first === undefined) return;
  const judged = (await daysBefore(db, first.day, DAYS_BEFORE)).map(judgedDay);
  const named = counted.map((day) => {
    const judgement = judgeDay(judged.slice(-DAYS_BEFORE), marketplaceDay(day));
    judged.push(judgement);
    return { ...day, is_far_above: judgement.isFarAbove, has_common_cause: judgement.isNamed };
  });
  const before = new Map((await daysFrom(db, first.day)).map((day) => [day.day, day]));
  await save(db, named, before, period.until);
}

/** As `nameDays`, of the day that is running at `now` alone. */
export function nameToday(db: Db, now: Date, timezone: string): Promise<void> {
  return nameDays(db, { from: new Date(now.getTime() - 1), until: now }, timezone);
}

/** How far back days are counted anew each night: what arrives late changes them. */
export const RECOUNTED_MS = 200 * DAY_MS;

async function save(db: Db, named: NamedDay[], before: ReadonlyMap<string, NamedDay>, now: Date): Promise<void> {
  const renamed = named.filter((day) => day.has_common_cause !== (before.get(day.day)?.has_common_cause ?? false));
  // A running day is counted whenever somebody is scored, and stored only when that says something.
  const changed = named.filter(
    (day) => (day.ends_at <= now || day.has_common_cause || renamed.includes(day)) && !isSame(day, before.get(day.day)),
  );
  if (changed.length === 0) return;
  const windows = renamed.map(({ starts_at, ends_at }) => ({ from: starts_at, until: ends_at }));
  await db.transaction().execute(async (tx) => {
    await saveDays(tx, changed);
    const tutorIds = await tutorsOfDays(tx, windows);
    if (tutorIds.length > 0) await markForRescoring(tutorIds).execute(tx);
  });
}

function isSame(one: NamedDay, other: NamedDay | undefined): boolean {
  if (other === undefined) return false;
  return (
    one.sessions === other.sessions &&
    one.reschedules === other.reschedules &&
    one.foremost_sessions === other.foremost_sessions &&
    one.foremost_reschedules === other.foremost_reschedules &&
    one.is_far_above === other.is_far_above &&
    one.has_common_cause === other.has_common_cause &&
    one.ends_at.getTime() === other.ends_at.getTime()
  );
}

function judgedDay({ sessions, reschedules, is_far_above, has_common_cause }: NamedDay): JudgedDay {
  return { sessions, reschedules, isFarAbove: is_far_above, isNamed: has_common_cause };
}

function marketplaceDay(day: CountedDay) {
  const { sessions, reschedules, foremost_sessions, foremost_reschedules } = day;
  return { sessions, reschedules, foremost: { sessions: foremost_sessions, reschedules: foremost_reschedules } };
}
