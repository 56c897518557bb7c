import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { driftChart, watchDrift } from './drift.ts';
import type { WindowCounts } from './reschedule-rate.ts';
import { newRiseWatch, type RiseWatch, riseCharts, watchRise } from './rise.ts';
import { averageRunLength } from './run-length.ts';

const PRIOR = { a: 2, b: 23 };
const CHARTS = riseCharts();
const sessions = fc.array(
  fc.nat(9).map((die) => die < 2),
  { maxLength: 300 },
);

describe('the watch for a rise', () => {
  it('starts at the rate of all tutors, counts five up for a move and one down for a kept session', () => {
    expect(newRiseWatch(PRIOR)).toMatchObject({ percent: 8, steps: 0 });
    expect(stepsAfter('m')).toEqual([5]);
    expect(stepsAfter('mkkm')).toEqual([5, 4, 3, 8]);
    expect(stepsAfter('kkmkkkkkkk')).toEqual([0, 0, 5, 4, 3, 2, 1, 0, 0, 0]);
  });

  it('gives the alarm at the third move in a row, not at the second, and then begins anew', () => {
    expect(alarmsIn('mm')).toEqual([]);
    expect(alarmsIn('mmm')).toEqual([2]);
    expect(last('mmm')).toMatchObject({ steps: 0, usual: { sessions: 3, reschedules: 3 }, percent: 18 });
  });

  it('counts one move a day at most, each kept session, and nothing on a day without sessions', () => {
    const days = [
      { sessions: 3, reschedules: 1 },
      { sessions: 0, reschedules: 0 },
      { sessions: 9, reschedules: 9 },
      { sessions: 4, reschedules: 2 },
      { sessions: 8, reschedules: 0 },
    ];
    expect(watchDays(days).map(({ watch }) => watch.steps)).toEqual([3, 3, 8, 11, 3]);
    expect(watchDays(days).at(-1)?.watch.since).toEqual({ sessions: 3 + 1 + 3 + 8, reschedules: 3 });
  });

  it('is not alarmed by one day of illness, however many sessions it takes', () => {
    const ill = watchDays([
      { sessions: 40, reschedules: 0 },
      { sessions: 12, reschedules: 12 },
    ]);
    expect(ill.map(({ isAlarm }) => isAlarm)).toEqual([false, false]);
  });

  it('knows a tutor by the sessions before the moves began to gather', () => {
    const calm = last('k'.repeat(50));
    expect(calm).toMatchObject({ usual: { sessions: 50, reschedules: 0 }, percent: 8 });
    expect(last(`${'k'.repeat(50)}mkm`)).toMatchObject({
      usual: { sessions: 50, reschedules: 0 },
      since: { sessions: 3, reschedules: 2 },
      percent: 8,
    });
  });

  it('takes more of a tutor who always moved that often', () => {
    const often = 'mkkk'.repeat(60);
    expect(alarmsIn(`${'k'.repeat(60)}${'mkk'.repeat(8)}`).length).toBe(1);
    expect(alarmsIn(`${often}${'mkk'.repeat(8)}`).filter((index) => index >= often.length)).toEqual([]);
  });

  it('gives one alarm for one rise, and learns the raised rate as the usual one', () => {
    expect(alarmsIn(`${'k'.repeat(40)}${'mkk'.repeat(60)}`)).toEqual([52]);
    expect(last(`${'k'.repeat(40)}${'mkk'.repeat(60)}`)).toMatchObject({ percent: 31 });
  });

  it('is quiet in the end about a tutor who moves every session', () => {
    expect(alarmsIn('m'.repeat(200)).every((index) => index < 60)).toBe(true);
  });

  it('never alarms at a kept session, and forgets none before an alarm', () => {
    fc.assert(
      fc.property(sessions, (isMoved) => {
        const steps = walk(isMoved);
        expect(steps.filter(({ isAlarm }, index) => isAlarm && isMoved[index] !== true)).toEqual([]);
        const calm = steps.findIndex(({ isAlarm }) => isAlarm);
        const seen = calm === -1 ? isMoved.length : calm;
        const { usual, since } = steps[seen - 1]?.watch ?? newRiseWatch(PRIOR);
        expect(usual.sessions + since.sessions).toBe(seen);
        expect(usual.reschedules + since.reschedules).toBe(isMoved.slice(0, seen).filter(Boolean).length);
      }),
    );
  });

  it('is the plain chart of the usual rate up to the first alarm, for a tutor below it', () => {
    const chart = driftChart(0.08, 0.32 / 1.24);
    if (chart === null) throw new Error('There is a chart for this rate.');
    fc.assert(
      fc.property(fc.array(fc.boolean(), { maxLength: 12 }), (tail) => {
        const isMoved = [...Array.from({ length: 200 }, () => false), ...tail];
        const limit = (CHARTS[8]?.alarmAt ?? 0) * -chart.weights.kept;
        const plain = watchDrift(isMoved, chart.weights, limit).findIndex(({ isSignal }) => isSignal);
        expect(alarmsOf(isMoved)[0] ?? -1).toBe(plain);
      }),
    );
  });
});

describe('the charts', () => {
  it('make at least 500 sessions pass between two false alarms, and are none where a move is usual', () => {
    for (const percent of [1, 8, 15, 30, 45]) {
      const odds = (4 * percent) / (100 - percent);
      const chart = driftChart(percent / 100, odds / (1 + odds));
      const own = CHARTS[percent];
      if (chart === null || own == null) throw new Error('There is a chart for this rate.');
      expect(own.keptForMove).toBe(chart.keptForMove);
      const limit = own.alarmAt * -chart.weights.kept;
      expect(averageRunLength(chart, limit, percent / 100)).toBeGreaterThanOrEqual(500);
      expect(averageRunLength(chart, limit + chart.weights.kept, percent / 100)).toBeLessThan(500);
    }
    expect([CHARTS[0], CHARTS[50], CHARTS[99]]).toEqual([null, null, null]);
  });
});

function last(text: string): RiseWatch | undefined {
  return walk(moves(text)).at(-1)?.watch;
}

function stepsAfter(text: string): number[] {
  return walk(moves(text)).map(({ watch }) => watch.steps);
}

function alarmsIn(text: string): number[] {
  return alarmsOf(moves(text));
}

function alarmsOf(isMoved: readonly boolean[]): number[] {
  return [...walk(isMoved).entries()].flatMap(([index, { isAlarm }]) => (isAlarm ? [index] : []));
}

function walk(isMoved: readonly boolean[]) {
  return watchDays(isMoved.map((moved) => ({ sessions: 1, reschedules: moved ? 1 : 0 })));
}

function watchDays(days: readonly WindowCounts[]) {
  let watch = newRiseWatch(PRIOR);
  return days.map((day) => {
    const step = watchRise(watch, day, PRIOR, CHARTS);
    watch = step.watch;
    return step;
  });
}

/** Days of one session each: `m` for a move, `k` for a kept session. */
function moves(text: string): boolean[] {
  return Array.from(text, (letter) => letter === 'm');
}
