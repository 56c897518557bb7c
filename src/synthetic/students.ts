import type { Random } from './random.ts';

const SESSIONS_A_STUDENT = 5;
/** One tutor in so many shares a student with another. */
const SHARED_EVERY = 4;

/** The id of a tutor's n-th own student, from the tutor's id alone: later sessions meet the same students again. */
export function studentIdOf(tutorId: string, number: number): string {
  return `student-${tutorId.slice(0, 8)}-${number}`;
}

/** The handful of students that a tutor teaches; now and then one of them learns with the tutor `before` as well. */
export function studentsOf(random: Random, tutorId: string, sessions: number, before: string | null): string[] {
  const count = Math.min(12, Math.max(2, Math.round(sessions / SESSIONS_A_STUDENT)));
  const own = Array.from({ length: count }, (_, index) => studentIdOf(tutorId, index + 1));
  return before !== null && random.chance(1 / SHARED_EVERY) ? [...own, studentIdOf(before, 1)] : own;
}
