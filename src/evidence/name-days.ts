import { takeTurn, waitForTurn } from '../database/advisory-lock.ts';
import type { Db, Tx } from '../database/connection.ts';
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
  startOfDay,
  tutorsOfDays,
} from './day-queries.ts';

/**
 * Counts the business days of a period anew and says which of them had a common cause. Whoever had sessions on a day
 * that is named now, or no more, is put on the work list, since their evidence counts it no more, or again.
 *
 * A running day is judged by its counts so far: a storm is known some hours into it, not at midnight.
 */
export async function nameDays(db: Db, { from, until }: TimeWindow, timezone: string): Promise<void> {
  for (let start = from; start < until; ) {
    const end = await endOfChunk(db, start, until, timezone);
    const chunk = { from: start, until: end };
    await db.transaction().execute(async (tx) => {
      // Whoever counted first must not store last.
      await waitForTurn(tx, NAMING);
      await nameChunk(tx, chunk, until, timezone);
    });
    start = end;
  }
}

/** So many days are named in one transaction: meanwhile nobody else names the latest ones. */
const CHUNK_MS = 20 * DAY_MS;

async function endOfChunk(db: Db, start: Date, until: Date, timezone: string): Promise<Date> {
  const end = new Date(start.getTime() + CHUNK_MS);
  return end < until ? startOfDay(db, end, timezone) : until;
}

const NAMING = 'name days';

async function nameChunk(tx: Tx, chunk: TimeWindow, now: Date, timezone: string): Promise<void> {
  const counted = await countDays(tx, chunk, timezone);
  const [first] = counted;
  if (first === undefined) return;
  const before = new Map((await daysFrom(tx, first.day)).map((day) => [day.day, day]));
  const judged = (await daysBefore(tx, first.day, DAYS_BEFORE)).map(judgedDay);
  const named = counted.map((day) => {
    const judgement = judgeDay(judged.slice(-DAYS_BEFORE), day, isSettled(day, now));
    judged.push(judgement);
    return { ...day, is_far_above: judgement.isFarAbove, has_common_cause: judgement.isNamed };
  });
  await save(
    tx,
    named.map((day) => keptName(day, before.get(day.day), now)),
    before,
    now,
  );
}

/** A day that was named stays named until it is settled: flags must not come and go with each batch. */
function keptName(day: NamedDay, before: NamedDay | undefined, now: Date): NamedDay {
  const isKept = !isSettled(day, now) && before?.has_common_cause === true;
  return isKept ? { ...day, is_far_above: true, has_common_cause: true } : day;
}

/** Kept sessions are heard of when they end, moved ones long before: until then a day looks worse than it is. */
const SETTLED_MS = DAY_MS / 4;

function isSettled({ ends_at }: CountedDay, now: Date): boolean {
  return ends_at.getTime() + SETTLED_MS <= now.getTime();
}

/**
 * As `nameDays`, of the day that is running at `now` and the two before it, of which much is heard late. While somebody
 * else names days it does nothing: scoring must not wait, least of all for a process that hangs.
 */
export async function nameLatestDays(db: Db, now: Date, timezone: string): Promise<void> {
  await db.transaction().execute(async (tx) => {
    if (!(await takeTurn(tx, NAMING))) return;
    await nameChunk(tx, { from: new Date(now.getTime() - 2 * DAY_MS), until: now }, now, timezone);
  });
}

/** How far back days are counted anew each night: what arrives late changes them. */
export const RECOUNTED_MS = 200 * DAY_MS;

async function save(tx: Tx, named: NamedDay[], before: ReadonlyMap<string, NamedDay>, now: Date): Promise<void> {
  const renamed = named.filter((day) => day.has_common_cause !== (before.get(day.day)?.has_common_cause ?? false));
  // A running day is counted whenever somebody is scored, and stored only when that says something.
  const changed = named.filter(
    (day) => (day.ends_at <= now || day.has_common_cause || renamed.includes(day)) && !isSame(day, before.get(day.day)),
  );
  if (changed.length === 0) return;
  await saveDays(tx, changed);
  const tutorIds = await tutorsOfDays(
    tx,
    renamed.map(({ starts_at, ends_at }) => ({ from: starts_at, until: ends_at })),
  );
  if (tutorIds.length > 0) await markForRescoring(tutorIds).execute(tx);
}

function isSame(one: NamedDay, other: NamedDay | undefined): boolean {
  if (other === undefined) return false;
  return (
    one.sessions === other.sessions &&
    one.reschedules === other.reschedules &&
    one.tutors === other.tutors &&
    one.movers === other.movers &&
    one.is_far_above === other.is_far_above &&
    one.has_common_cause === other.has_common_cause &&
    one.ends_at.getTime() === other.ends_at.getTime()
  );
}

function judgedDay({ sessions, reschedules, tutors, movers, is_far_above, has_common_cause }: NamedDay): JudgedDay {
  return { sessions, reschedules, tutors, movers, isFarAbove: is_far_above, isNamed: has_common_cause };
}
