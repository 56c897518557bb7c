import { commonCauseDays } from '../../src/scoring/common-cause.ts';
import { type CountWindow, windowsOfDays } from '../../src/scoring/daily-windows.ts';
import type { WindowCounts } from '../../src/scoring/reschedule-rate.ts';
import type { Marketplace, SimulatedTutor } from './marketplace.ts';
import { DAYS } from './worlds.ts';

/** Windows without the sessions of the days left out. */
export function windowsWithout(leftOut: readonly boolean[], { tutors }: Marketplace): CountWindow {
  const sessions = new Uint32Array(DAYS * tutors.length);
  const reschedules = new Uint32Array(DAYS * tutors.length);
  for (const [index, tutor] of tutors.entries()) {
    for (let day = 0; day < DAYS; day += 1) {
      const counts = dayOf(tutor, day);
      sessions[day * tutors.length + index] = counts.sessions;
      reschedules[day * tutors.length + index] = counts.reschedules;
    }
  }
  return windowsOfDays({ tutors: tutors.length, days: DAYS, sessions, reschedules }, leftOut);
}

/** The days that the product would name, from what it sees. */
export function namedDays({ tutors }: Marketplace): boolean[] {
  return commonCauseDays(
    Array.from({ length: DAYS }, (_, day) => {
      const each = tutors.map((tutor) => dayOf(tutor, day));
      return {
        sessions: each.reduce((sum, { sessions }) => sum + sessions, 0),
        reschedules: each.reduce((sum, { reschedules }) => sum + reschedules, 0),
        tutors: each.filter(({ sessions }) => sessions > 0).length,
        movers: each.filter(({ reschedules }) => reschedules > 0).length,
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

/** What a tutor's day holds. */
export function dayOf({ sessionsBefore, movesBefore }: SimulatedTutor, day: number): WindowCounts {
  return {
    sessions: (sessionsBefore[day + 1] ?? 0) - (sessionsBefore[day] ?? 0),
    reschedules: (movesBefore[day + 1] ?? 0) - (movesBefore[day] ?? 0),
  };
}
