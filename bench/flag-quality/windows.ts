import { commonCauseDays } from '../../src/scoring/common-cause.ts';
import type { WindowCounts } from '../../src/scoring/reschedule-rate.ts';
import type { Marketplace, SimulatedTutor } from './marketplace.ts';
import { DAYS } from './worlds.ts';

/** What a tutor's last `days` days hold at the end of a day. */
export type CountWindow = (tutor: number, day: number, days: number) => WindowCounts;

/** Windows without the sessions of the days left out. */
export function windowsWithout(leftOut: readonly boolean[], { tutors }: Marketplace): CountWindow {
  const sums = tutors.map((tutor) => runningSums(tutor, leftOut));
  return (tutor, day, days) => {
    const sum = sums[tutor];
    const from = Math.max(0, day + 1 - days);
    return {
      sessions: (sum?.sessions[day + 1] ?? 0) - (sum?.sessions[from] ?? 0),
      reschedules: (sum?.moves[day + 1] ?? 0) - (sum?.moves[from] ?? 0),
    };
  };
}

/** The days that the product would name, from what it sees. */
export function namedDays({ tutors }: Marketplace): boolean[] {
  return commonCauseDays(
    Array.from({ length: DAYS }, (_, day) => {
      const each = tutors.map((tutor) => dayOf(tutor, day));
      return {
        sessions: each.reduce((sum, { sessions }) => sum + sessions, 0),
        reschedules: each.reduce((sum, { reschedules }) => sum + reschedules, 0),
        foremost: each.reduce((most, next) => (next.reschedules > most.reschedules ? next : most)),
      };
    }),
  );
}

/** The days on which there was a storm. */
export function stormDays({ world }: Marketplace): boolean[] {
  return Array.from({ length: DAYS }, (_, day) =>
    world.storms.some((storm) => day >= storm.day && day < storm.day + storm.days),
  );
}

function runningSums(tutor: SimulatedTutor, leftOut: readonly boolean[]): { sessions: Int32Array; moves: Int32Array } {
  const sessions = new Int32Array(DAYS + 1);
  const moves = new Int32Array(DAYS + 1);
  for (let day = 0; day < DAYS; day += 1) {
    const counts = leftOut[day] === true ? { sessions: 0, reschedules: 0 } : dayOf(tutor, day);
    sessions[day + 1] = (sessions[day] ?? 0) + counts.sessions;
    moves[day + 1] = (moves[day] ?? 0) + counts.reschedules;
  }
  return { sessions, moves };
}

/** What a tutor's day holds. */
export function dayOf({ sessionsBefore, movesBefore }: SimulatedTutor, day: number): WindowCounts {
  return {
    sessions: (sessionsBefore[day + 1] ?? 0) - (sessionsBefore[day] ?? 0),
    reschedules: (movesBefore[day + 1] ?? 0) - (movesBefore[day] ?? 0),
  };
}
