import type { WindowCounts } from './reschedule-rate.ts';
import type { ScoreCounts } from './risk.ts';
import { DAY_MS, windowAt } from './window.ts';

/** A session of one tutor, and whether the tutor moved it. */
export type CountedSession = { scheduled_time: Date; is_moved_by_tutor: boolean };

/** The three windows as they stood at one instant. */
export type RollingPoint = { at: Date; counts: ScoreCounts };

/**
 * The windows of one tutor at `asOf` and at each of the `days` instants before it that are 24 h apart, oldest first:
 * `days + 1` points, the last at `asOf` itself. Each counts by the rule of `windowAt`, so the last one is the score.
 *
 * `sessions` are sorted by time and reach from the longest window of the oldest point to `asOf`. One walk for each
 * edge of a window, forward only: the time grows with sessions plus days, not with their product.
 */
export function rollingCounts(sessions: readonly CountedSession[], asOf: Date, days: number): RollingPoint[] {
  const instants = Array.from({ length: days + 1 }, (_, index) => new Date(asOf.getTime() - (days - index) * DAY_MS));
  const countWeek = slidingWindow(sessions, 7);
  const countMonth = slidingWindow(sessions, 30);
  const countQuarter = slidingWindow(sessions, 90);
  return instants.map((at) => ({ at, counts: { 7: countWeek(at), 30: countMonth(at), 90: countQuarter(at) } }));
}

/** Counts a window of `days` days at one instant after another; each must be later than the one before. */
function slidingWindow(sessions: readonly CountedSession[], days: number): (at: Date) => WindowCounts {
  const entered = countBefore(sessions);
  const left = countBefore(sessions);
  return (at) => {
    const { from, until } = windowAt(at, days);
    const [all, gone] = [entered(until), left(from)];
    return { sessions: all.sessions - gone.sessions, reschedules: all.reschedules - gone.reschedules };
  };
}

/** Counts what lies before one instant after another, walking on from where it stood. */
function countBefore(sessions: readonly CountedSession[]): (end: Date) => WindowCounts {
  let count: WindowCounts = { sessions: 0, reschedules: 0 };
  return (end) => {
    let { sessions: next, reschedules } = count;
    for (
      let session = sessions[next];
      session !== undefined && session.scheduled_time < end;
      session = sessions[next]
    ) {
      next += 1;
      if (session.is_moved_by_tutor) reschedules += 1;
    }
    count = { sessions: next, reschedules };
    return count;
  };
}
