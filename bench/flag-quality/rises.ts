import { driftChart, watchDrift } from '../../src/scoring/drift.ts';
import type { RateBelief } from '../../src/scoring/posterior.ts';
import { newRiseWatch, type RiseCharts, watchRise } from '../../src/scoring/rise.ts';
import { driftLimit } from '../../src/scoring/run-length.ts';
import type { Marketplace, SimulatedTutor } from './marketplace.ts';
import type { Delay } from './measure.ts';
import { dayOf } from './windows.ts';
import { DAYS, WARM_UP_DAYS } from './worlds.ts';

/** Alarms in the days measured: false ones are of tutors whose rate has not risen, in so many sessions of such tutors. */
export type AlarmTally = { sessions: number; falseAlarms: number; delays: Delay[]; idealDelays: Delay[] };

/** `alarmsByTutor`: the days of the alarms. */
export function alarmTally({ tutors }: Marketplace, alarmsByTutor: readonly (readonly number[])[]): AlarmTally {
  const tally: AlarmTally = { sessions: 0, falseAlarms: 0, delays: [], idealDelays: [] };
  for (const [index, tutor] of tutors.entries()) {
    const alarms = alarmsByTutor[index] ?? [];
    const { turnsAt, sessionsBefore } = tutor;
    const end = turnsAt ?? DAYS;
    tally.sessions += (sessionsBefore[end] ?? 0) - (sessionsBefore[WARM_UP_DAYS] ?? 0);
    tally.falseAlarms += alarms.filter((day) => day >= WARM_UP_DAYS && day < end).length;
    if (turnsAt === null || !isRise(tutor, turnsAt)) continue;
    tally.delays.push(delayOf(tutor, turnsAt, alarms));
    tally.idealDelays.push(delayOf(tutor, turnsAt, idealAlarms(tutor)));
  }
  return tally;
}

/** On which days a tutor who is watched from the first one on gives an alarm, with the prior of the night before. */
export function watchTutor(
  tutor: SimulatedTutor,
  leftOut: readonly boolean[],
  priorOf: (day: number) => RateBelief,
  charts: RiseCharts,
): number[] {
  const alarms: number[] = [];
  let watch = newRiseWatch(priorOf(-1));
  for (let day = 0; day < DAYS; day += 1) {
    if (leftOut[day] === true) continue;
    const step = watchRise(watch, dayOf(tutor, day), priorOf(day - 1), charts);
    if (step.isAlarm) alarms.push(day);
    watch = step.watch;
  }
  return alarms;
}

function isRise({ rates }: SimulatedTutor, turnsAt: number): boolean {
  return (rates[turnsAt] ?? 0) > (rates[turnsAt - 1] ?? 0);
}

/**
 * The chart of one who knows both rates, at one false alarm in 3,000 sessions: no rule finds such a change sooner in
 * the worst case (Moustakides 1986).
 */
function idealAlarms({ moved, sessionsBefore }: SimulatedTutor): number[] {
  const chart = driftChart(0.08, 0.3);
  if (chart === null) return [];
  const points = watchDrift(
    moved.map((each) => each === 1),
    chart.weights,
    driftLimit(chart, 3000),
  );
  return points.flatMap(({ isSignal }, session) =>
    isSignal ? [sessionsBefore.findLastIndex((before) => before <= session)] : [],
  );
}

/** To the end of the day. */
function delayOf({ sessionsBefore }: SimulatedTutor, turnsAt: number, alarms: readonly number[]): Delay {
  const first = alarms.find((day) => day >= turnsAt);
  if (first === undefined) return null;
  return { days: first + 1 - turnsAt, sessions: (sessionsBefore[first + 1] ?? 0) - (sessionsBefore[turnsAt] ?? 0) };
}
