import { DAY_MS } from '../scoring/window.ts';
import { MINUTE_MS, SHORTEST_LESSON_MINUTES } from './calendar.ts';
import { drawMinutes, type Outcome } from './place-lessons.ts';
import type { Random } from './random.ts';
import { sessionRecord } from './session-record.ts';
import { studentIdOf } from './students.ts';
import type { SyntheticSession, SyntheticTutor } from './synthetic-data.ts';
import { SHARES } from './targets.ts';

/** Students that a tutor may meet in single sessions. */
const STUDENTS = 6;

/**
 * One plausible session of a tutor that was scheduled at `scheduledTime` and is over by `now`: moved by the tutor at the
 * tutor's own rate, else moved by the student, missed or completed in the usual proportions.
 * A RangeError when `scheduledTime` is less than the shortest lesson (30 minutes) before `now`.
 */
export function generateSession(
  random: Random,
  { id, true_rate }: Pick<SyntheticTutor, 'id' | 'true_rate'>,
  scheduledTime: Date,
  now: Date,
): SyntheticSession {
  const start = scheduledTime.getTime();
  const until = now.getTime();
  if (start + SHORTEST_LESSON_MINUTES * MINUTE_MS > until) {
    throw new RangeError(`A session at ${scheduledTime.toISOString()} is not over at ${now.toISOString()}`);
  }
  return sessionRecord(random, {
    tutor_id: id,
    student_id: studentIdOf(id, random.integer(1, STUDENTS)),
    start,
    end: start + drawMinutes(random, start, until) * MINUTE_MS,
    outcome: drawOutcome(random, true_rate),
    isShortNotice: random.chance(SHARES.shortNotice),
    usualReason: null,
    knownFrom: start - 30 * DAY_MS,
    until,
  });
}

function drawOutcome(random: Random, true_rate: number): Outcome {
  if (random.chance(true_rate)) return 'moved_by_tutor';
  const outcomes: { outcome: Outcome; weight: number }[] = [
    { outcome: 'completed', weight: SHARES.completed },
    { outcome: 'no_show', weight: SHARES.noShow },
    { outcome: 'moved_by_student', weight: SHARES.rescheduled * (1 - SHARES.movedByTutor) },
  ];
  return random.weighted(outcomes).outcome;
}
