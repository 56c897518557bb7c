import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DailyCounts, windowsOfDays } from './daily-windows.ts';

/** Two tutors on four days: the first has 1, 2, 4 and 8 sessions and moved one on each of the last two days. */
const DAILY: DailyCounts = {
  tutors: 2,
  days: 4,
  sessions: Uint32Array.of(1, 0, 2, 5, 4, 0, 8, 5),
  reschedules: Uint32Array.of(0, 0, 0, 5, 1, 0, 1, 0),
};

describe('windows of whole days', () => {
  it('end with the day that is asked for, and hold as many as are asked for', () => {
    const count = windowsOfDays(DAILY, []);
    expect(count(0, 3, 1)).toEqual({ sessions: 8, reschedules: 1 });
    expect(count(0, 3, 2)).toEqual({ sessions: 12, reschedules: 2 });
    expect(count(0, 2, 3)).toEqual({ sessions: 7, reschedules: 1 });
    expect(count(1, 3, 3)).toEqual({ sessions: 10, reschedules: 5 });
  });

  it('find nothing before the first day', () => {
    expect(windowsOfDays(DAILY, [])(0, 1, 90)).toEqual({ sessions: 3, reschedules: 0 });
  });

  it('do without the days left out, kept sessions too', () => {
    const count = windowsOfDays(DAILY, [false, true, false, false]);
    expect(count(1, 3, 4)).toEqual({ sessions: 5, reschedules: 0 });
    expect(count(0, 1, 1)).toEqual({ sessions: 0, reschedules: 0 });
    expect(count(0, 3, 4)).toEqual({ sessions: 13, reschedules: 2 });
  });

  it('hold what the days hold that lie within, of whatever tutor and length', () => {
    const cell = fc.tuple(fc.nat(400), fc.boolean());
    fc.assert(
      fc.property(
        fc.array(fc.array(cell, { minLength: 3, maxLength: 3 }), { minLength: 1, maxLength: 12 }),
        fc.array(fc.boolean(), { maxLength: 12 }),
        fc.nat(2),
        fc.nat(11),
        fc.integer({ min: 1, max: 15 }),
        (table, leftOut, tutor, anyDay, days) => {
          const day = anyDay % table.length;
          const sessions = Uint32Array.from(table.flatMap((row) => row.map(([count]) => count)));
          const reschedules = Uint32Array.from(table.flatMap((row) => row.map(([count, all]) => (all ? count : 0))));
          const daily = { tutors: 3, days: table.length, sessions, reschedules };
          let [all, moved] = [0, 0];
          for (const [index, row] of table.entries()) {
            if (index > day || index <= day - days || leftOut[index] === true) continue;
            const [count, isMoved] = row[tutor] ?? [0, false];
            all += count;
            moved += isMoved ? count : 0;
          }
          expect(windowsOfDays(daily, leftOut)(tutor, day, days)).toEqual({ sessions: all, reschedules: moved });
        },
      ),
    );
  });
});
