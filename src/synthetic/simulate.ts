import { generateSession } from './generate-session.ts';
import type { Random } from './random.ts';
import type { SyntheticSession, SyntheticTutor } from './synthetic-data.ts';

export type SimulatedEvent = SyntheticSession & { tutor: { name: string; email: string } };

const DAY_MS = 24 * 60 * 60 * 1000;
const LESSON_MS = 60 * 60 * 1000;

/** What the platform would send next at `now`: a session of a random tutor that ended just before. */
export function nextEvent(random: Random, tutors: readonly SyntheticTutor[], now: Date): SimulatedEvent {
  const tutor = random.pick(tutors);
  const session = generateSession(random, tutor, new Date(now.getTime() - LESSON_MS), now);
  return { ...session, tutor: { name: tutor.name, email: tutor.email } };
}

/** Milliseconds between two events at so many a day, so many times faster than time goes. */
export function intervalMs(perDay: number, speed: number): number {
  return DAY_MS / perDay / speed;
}
