import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CountedSession, rollingCounts } from './rolling-rate.ts';
import { DAY_MS, isWithin, WINDOW_DAYS, windowAt } from './window.ts';

const AS_OF = new Date('2024-03-20T12:00:00.000Z');
const HOUR_MS = 60 * 60 * 1000;

const sessionAt = (time: number, is_moved_by_tutor: boolean): CountedSession => ({
  scheduled_time: new Date(time),
  is_moved_by_tutor,
});

/** At any hour of the last 130 days and the next 2, mostly right at an edge of some window. */
const sessions = fc
  .array(
    fc.tuple(
      fc.oneof(
        fc.tuple(fc.integer({ min: -130, max: 2 }), fc.integer({ min: -2, max: 2 })).map(([d, ms]) => d * DAY_MS + ms),
        fc.integer({ min: -130 * 24, max: 48 }).map((hours) => hours * HOUR_MS),
      ),
      fc.boolean(),
    ),
  )
  .map((drawn) => drawn.map(([away, isMoved]) => sessionAt(AS_OF.getTime() + away, isMoved)))
  .map((drawn) => drawn.sort((one, other) => one.scheduled_time.getTime() - other.scheduled_time.getTime()));

describe('the windows of a tutor day by day', () => {
  it('stand where they were at each 24 hours before, oldest first, and end at the instant asked for', () => {
    const points = rollingCounts([], new Date('2024-04-01T00:30:00.250Z'), 2);
    // Clocks went forward in Berlin on 31 March: a day keeps its 24 hours.
    expect(points.map(({ at }) => at.toISOString())).toEqual([
      '2024-03-30T00:30:00.250Z',
      '2024-03-31T00:30:00.250Z',
      '2024-04-01T00:30:00.250Z',
    ]);
    expect(points[0]?.counts).toEqual({
      7: { sessions: 0, reschedules: 0 },
      30: { sessions: 0, reschedules: 0 },
      90: { sessions: 0, reschedules: 0 },
    });
  });

  it('hold a session from the first instant after it to the one that it is a whole window before', () => {
    const held = sessionAt(AS_OF.getTime() - 8 * DAY_MS, false);
    const moved = sessionAt(AS_OF.getTime() - 1, true);
    const week = rollingCounts([held, moved], AS_OF, 9).map(({ counts }) => counts[7]);
    const one = { sessions: 1, reschedules: 0 };
    const none = { sessions: 0, reschedules: 0 };
    expect(week).toEqual([none, none, one, one, one, one, one, one, one, { sessions: 1, reschedules: 1 }]);
  });

  it('are what a recount of each point says', () => {
    fc.assert(
      fc.property(sessions, fc.integer({ min: 1, max: 40 }), (all, days) => {
        const points = rollingCounts(all, AS_OF, days);
        expect(points).toHaveLength(days + 1);
        for (const { at, counts } of points) {
          for (const length of WINDOW_DAYS) {
            const inside = all.filter(({ scheduled_time }) => isWithin(scheduled_time, windowAt(at, length)));
            const reschedules = inside.filter(({ is_moved_by_tutor }) => is_moved_by_tutor).length;
            expect(counts[length]).toEqual({ sessions: inside.length, reschedules });
          }
        }
      }),
    );
  });
});
