import { driftChart } from './drift.ts';
import { expectedRate, posteriorOf, type RateBelief } from './posterior.ts';
import type { WindowCounts } from './reschedule-rate.ts';
import { driftLimit } from './run-length.ts';

/**
 * Where the watch over one tutor stands. `usual` is what the tutor's usual rate is known by, `since` what came after
 * it, in which moves have been gathering. Each day with a move counts some steps up and each kept session one step
 * down, never below 0; `percent` is the usual rate by which that is done. All are whole numbers and may be stored.
 */
export type RiseWatch = { usual: WindowCounts; since: WindowCounts; percent: number; steps: number };

/** What a day did to the watch: an alarm says that the tutor's own rate has risen. */
export type RiseStep = { watch: RiseWatch; isAlarm: boolean };

/** How many steps a day with a move counts, and at how many the alarm is given, by the usual rate in whole per cent. */
export type RiseCharts = readonly ({ keptForMove: number; alarmAt: number } | null)[];

/** The watch before a tutor's first day. */
export function newRiseWatch(prior: RateBelief): RiseWatch {
  return watchFrom(prior, NONE);
}

/**
 * Takes a tutor's next day: the sessions scheduled on it and those that the tutor moved. Days without sessions may be
 * left out. Long before a window of 90 days is full of them, some twenty sessions show that moves have become several
 * times as frequent as this tutor's own past lets expect: the windows answer who is above the threshold, this answers
 * who has changed.
 *
 * A day counts one move at most: who is ill for a day moves all its sessions, and that is one event, not a habit.
 *
 * The usual rate is the posterior of what was seen before the moves began to gather, and at least the rate of all
 * tutors. Once the steps are back at 0, what happened since counts as usual too; after an alarm it alone counts, so
 * that a tutor who stays at the raised rate gives one alarm and not one after the other. Days with a common cause are
 * not passed.
 * Source: Bernoulli CUSUM, Reynolds and Stoumbos 1999; learning the usual rate on the way, Hawkins 1987.
 *
 * @example
 * watchRise(newRiseWatch(prior), { sessions: 3, reschedules: 1 }, prior, charts)
 * // { watch: { …, percent: 8, steps: 3 }, isAlarm: false }: 5 up, 2 down
 */
export function watchRise(watch: RiseWatch, day: WindowCounts, prior: RateBelief, charts: RiseCharts): RiseStep {
  const chart = charts[watch.percent] ?? null;
  const kept = day.sessions - day.reschedules;
  const moves = Math.min(1, day.reschedules);
  const since = together(watch.since, { sessions: kept + moves, reschedules: moves });
  const steps = chart === null ? 0 : Math.max(0, watch.steps + moves * chart.keptForMove - kept);
  const isAlarm = chart !== null && steps >= chart.alarmAt;
  if (steps > 0 && !isAlarm) return { watch: { ...watch, since, steps }, isAlarm };
  const all = together(watch.usual, since);
  // After an alarm the past is another tutor's, unless it makes moves look even more usual.
  const isPastDropped = isAlarm && usualPercent(prior, since) > usualPercent(prior, all);
  return { watch: watchFrom(prior, isPastDropped ? since : all), isAlarm };
}

function together(one: WindowCounts, other: WindowCounts): WindowCounts {
  return { sessions: one.sessions + other.sessions, reschedules: one.reschedules + other.reschedules };
}

function watchFrom(prior: RateBelief, usual: WindowCounts): RiseWatch {
  return { usual, since: NONE, percent: usualPercent(prior, usual), steps: 0 };
}

const NONE: WindowCounts = { sessions: 0, reschedules: 0 };

/**
 * A chart for each usual rate, in whole per cent; `null` where a move is the usual thing. Takes some milliseconds:
 * made once. Each watches for odds of a move four times as high, from 8 to 26 %, and is set for one false alarm in 500
 * sessions of a tutor at just the usual rate, were all moves counted. Most tutors are below the rate they are taken for,
 * and days count one move at most: in a whole marketplace there is less than one in 3,000 (bench/RESULTS.md).
 */
export function riseCharts(): RiseCharts {
  return Array.from({ length: 100 }, (_, percent) => {
    if (percent === 0) return null;
    const odds = (ODDS_RATIO * percent) / (100 - percent);
    const chart = driftChart(percent / 100, odds / (1 + odds));
    if (chart === null) return null;
    const limit = driftLimit(chart, SESSIONS_BETWEEN_ALARMS);
    return { keptForMove: chart.keptForMove, alarmAt: Math.round(limit / -chart.weights.kept) };
  });
}

const ODDS_RATIO = 4;
const SESSIONS_BETWEEN_ALARMS = 500;

/** Rounded up, to be on the quiet side. */
function usualPercent(prior: RateBelief, usual: WindowCounts): number {
  const rate = Math.max(expectedRate(prior), expectedRate(posteriorOf(prior, usual)));
  return Math.ceil(100 * rate - ROUNDING);
}

/** A rate of a whole per cent must not become the next one by its rounding. */
const ROUNDING = 1e-9;
