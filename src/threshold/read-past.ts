import type { Db } from '../database/connection.ts';
import { EVIDENCE_DAYS } from '../evidence/left-out-days.ts';
import { type CountWindow, windowsOfDays } from '../scoring/daily-windows.ts';
import type { RateBelief } from '../scoring/posterior.ts';
import { replayPriors } from '../scoring/replay.ts';
import { givingWay } from './give-way.ts';
import { firstSessionAt, listDays, listSessionTimes, type ReplayedDay } from './queries.ts';

/** Nights for which figures are told; before them those in which tiers settle, and the days that the first one looks back on. */
export const REPLAYED_DAYS = 90;
const SETTLING_DAYS = 60;
const ALL_DAYS = REPLAYED_DAYS + SETTLING_DAYS + EVIDENCE_DAYS;
/** In a new marketplace flags only open at first, however the replay begins: after two weeks of full windows no longer. */
const START_UP_DAYS = EVIDENCE_DAYS + 14;

/** All that a replay needs of the past, whatever the threshold. Tutors are those who are active and had sessions. */
export type Past = {
  asOf: Date;
  tutors: number;
  /** Oldest first; the last one is still running. Nights are replayed from the end of day `from` on. */
  days: ReplayedDay[];
  from: number;
  /** The first day at whose end flags have settled since the first session of the marketplace; may be yet to come. */
  settledFrom: number;
  /** Windows of all sessions, and of those that evidence counts. */
  countAll: CountWindow;
  count: CountWindow;
  priorOf: (day: number) => RateBelief;
};

/** Reads the sessions of the days up to `asOf` and fits the prior of each night. */
export async function readPast(db: Db, asOf: Date, timezone: string): Promise<Past> {
  const days = await listDays(db, { asOf, days: ALL_DAYS, timezone });
  const starts = days.map(({ starts_at }) => starts_at.getTime() / 1000);
  const [first, times] = await Promise.all([
    firstSessionAt(db),
    listSessionTimes(db, { from: days[0]?.starts_at ?? asOf, until: asOf }),
  ]);
  const tutors = times.length;
  const daily = {
    tutors,
    days: ALL_DAYS,
    sessions: countByDay(
      times.map(({ sessions }) => sessions),
      starts,
    ),
    reschedules: countByDay(
      times.map(({ moves }) => moves),
      starts,
    ),
  };
  const countAll = windowsOfDays(daily, []);
  const isLeftOut = days.map(({ has_common_cause }) => has_common_cause);
  const count = isLeftOut.includes(true) ? windowsOfDays(daily, isLeftOut) : countAll;
  const others = givingWay();
  const priors: RateBelief[] = [];
  const nights = { tutors, from: EVIDENCE_DAYS, until: ALL_DAYS };
  for (const prior of replayPriors(nights, (tutor, day) => count(tutor, day, EVIDENCE_DAYS))) {
    priors.push(prior);
    await others();
  }
  return {
    asOf,
    tutors,
    days,
    from: nights.from,
    settledFrom: first === null ? Infinity : dayOf(first.getTime() / 1000, starts) + START_UP_DAYS - 1,
    countAll,
    count,
    priorOf: (day) => priorAt(priors, day),
  };
}

/** How many of the nights told of are such that flags have settled before them: changes are counted in no others. */
export function settledNights({ days, settledFrom }: Past): number {
  return Math.max(0, Math.min(REPLAYED_DAYS, days.length - settledFrom));
}

/** How many of each tutor's times lie on each day, in the order of `DailyCounts`. All in seconds since 1970. */
function countByDay(times: readonly (readonly number[])[], starts: readonly number[]): Uint32Array {
  const counts = new Uint32Array(starts.length * times.length);
  for (const [tutor, each] of times.entries()) {
    for (const time of each) {
      const at = dayOf(time, starts) * times.length + tutor;
      counts[at] = (counts[at] ?? 0) + 1;
    }
  }
  return counts;
}

const DAY_SECONDS = 86_400;

/**
 * Where clocks are changed, a day is an hour shorter or longer than it is taken for at first. Before the first day,
 * days have numbers below zero.
 */
function dayOf(time: number, starts: readonly number[]): number {
  let day = Math.min(starts.length - 1, Math.floor((time - (starts[0] ?? 0)) / DAY_SECONDS));
  while (time < (starts[day] ?? 0)) day -= 1;
  while (time >= (starts[day + 1] ?? Infinity)) day += 1;
  return day;
}

function priorAt(priors: readonly RateBelief[], day: number): RateBelief {
  const prior = priors[day - EVIDENCE_DAYS];
  if (prior === undefined) throw new RangeError(`Day ${day} is not replayed.`);
  return prior;
}
