import { driftChart } from './drift.ts';
import { expectedRate, posteriorOf, type RateBelief } from './posterior.ts';
import type { WindowCounts } from './reschedule-rate.ts';
import { driftLimit } from './run-length.ts';

/**
 * Where the watch over one tutor stands. `usual` are the sessions by which the tutor's usual rate is known, `since`
 * those after them, in which moves have been gathering. Each move counts some steps up and each kept session one step
 * down, never below 0; `percent` is the usual rate by which that is done. All are whole numbers and may be stored.
 */
export type RiseWatch = { usual: WindowCounts; since: WindowCounts; percent: number; steps: number };

/** What a session did to the watch: an alarm says that the tutor's own rate has risen. */
export type RiseStep = { watch: RiseWatch; isAlarm: boolean };

/** How many steps a move counts, and at how many the alarm is given, by the usual rate in whole per cent. */
export type RiseCharts = readonly ({ keptForMove: number; alarmAt: number } | null)[];

/** The watch before a tutor's first session. */
export function newRiseWatch(prior: RateBelief): RiseWatch {
  return watchFrom(prior, NONE);
}

/**
 * Takes the next session of a tutor, in the order in which they are scheduled. Long before a window of 90 days is full
 * of them, some twenty sessions show that moves have become several times as frequent as this tutor's own past lets
 * expect: the windows answer who is above the threshold, this answers who has changed.
 *
 * The usual rate is the posterior of the sessions before the moves began to gather, and at least the rate of all
 * tutors. Once the steps are back at 0, what happened since counts as usual too; after an alarm it alone counts, so
 * that a tutor who stays at the raised rate gives one alarm and not one after the other. Sessions of days with a common
 * cause are not passed.
 * Source: Bernoulli CUSUM, Reynolds and Stoumbos 1999; learning the usual rate on the way, Hawkins 1987.
 *
 * @example watchRise(newRiseWatch(prior), true, prior, charts) // { watch: { …, percent: 8, steps: 5 }, isAlarm: false }
 */
export function watchRise(watch: RiseWatch, isMoved: boolean, prior: RateBelief, charts: RiseCharts): RiseStep {
  const chart = charts[watch.percent] ?? null;
  const since = { sessions: watch.since.sessions + 1, reschedules: watch.since.reschedules + (isMoved ? 1 : 0) };
  const steps = chart === null ? 0 : Math.max(0, watch.steps + (isMoved ? chart.keptForMove : -1));
  const isAlarm = chart !== null && steps >= chart.alarmAt;
  if (steps > 0 && !isAlarm) return { watch: { ...watch, since, steps }, isAlarm };
  const both = {
    sessions: watch.usual.sessions + since.sessions,
    reschedules: watch.usual.reschedules + since.reschedules,
  };
  // After an alarm the past is another tutor's, unless it makes moves look even more usual.
  const isPastDropped = isAlarm && usualPercent(prior, since) > usualPercent(prior, both);
  return { watch: watchFrom(prior, isPastDropped ? since : both), isAlarm };
}

function watchFrom(prior: RateBelief, usual: WindowCounts): RiseWatch {
  return { usual, since: NONE, percent: usualPercent(prior, usual), steps: 0 };
}

const NONE: WindowCounts = { sessions: 0, reschedules: 0 };

/**
 * A chart for each usual rate, in whole per cent; `null` where a move is the usual thing. Takes some milliseconds:
 * made once. Each watches for odds of a move four times as high, from 8 to 26 %, and is set so that a tutor at just the
 * usual rate gives one false alarm in 2,000 sessions or fewer. Most tutors are below the rate they are taken for, so
 * that in a whole marketplace there is less than one in 3,000 sessions: bench/RESULTS.md.
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
const SESSIONS_BETWEEN_ALARMS = 2000;

/** Rounded up, to be on the quiet side. */
function usualPercent(prior: RateBelief, usual: WindowCounts): number {
  const rate = Math.max(expectedRate(prior), expectedRate(posteriorOf(prior, usual)));
  return Math.ceil(100 * rate - ROUNDING);
}

/** A rate of a whole per cent must not become the next one by its rounding. */
const ROUNDING = 1e-9;
