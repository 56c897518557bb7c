import { DAY_MS } from '../scoring/window.ts';
import { MINUTE_MS } from './calendar.ts';
import type { Outcome } from './place-lessons.ts';
import type { Random } from './random.ts';
import { drawReason, type Reason } from './reasons.ts';
import type { SyntheticReschedule, SyntheticSession } from './synthetic-data.ts';

/** A lesson that is over, as the platform will report it. Times are milliseconds of UTC. */
export type FinishedLesson = {
  tutor_id: string;
  student_id: string;
  start: number;
  end: number;
  outcome: Outcome;
  isShortNotice: boolean;
  usualReason: Reason | null;
  /** No move was asked for before this. */
  knownFrom: number;
  /** A completed lesson does not run past this, which is at or after `end`. */
  until: number;
};

const HOUR_MS = 60 * MINUTE_MS;
/** Clear of 24 hours on both sides, so that rounding hours to two decimals never changes the side. */
const SHORT_NOTICE_MS = { min: 0.25 * HOUR_MS, max: 23.75 * HOUR_MS };
const LONG_NOTICE_MS = { min: 24.25 * HOUR_MS, max: 14 * DAY_MS };
/** Now and then a move is entered after the lesson should have begun. */
const LATE_ENTRY_CHANCE = 0.03;
const LATE_ENTRY_MS = 30 * MINUTE_MS;

/** The wire body for a finished lesson. */
export function sessionRecord(random: Random, lesson: FinishedLesson): SyntheticSession {
  const { tutor_id, student_id, start, end } = lesson;
  const common = {
    session_id: random.uuid(),
    tutor_id,
    student_id,
    scheduled_time: timeText(start),
    duration_minutes: (end - start) / MINUTE_MS,
  };
  if (lesson.outcome === 'no_show') return { ...common, status: 'no_show', occurred_at: timeText(end) };
  if (lesson.outcome === 'completed') {
    const completed_time = timeText(completionTime(random, lesson));
    return { ...common, status: 'completed', completed_time, occurred_at: completed_time };
  }
  const reschedule_info = rescheduleOf(random, lesson, common.scheduled_time);
  return { ...common, status: 'rescheduled', reschedule_info, occurred_at: reschedule_info.cancelled_at };
}

/** A third of the lessons run over by up to ten minutes. */
function completionTime(random: Random, { end, until }: FinishedLesson): number {
  const overrun = random.chance(1 / 3) ? random.integer(1, 600) * 1000 : 0;
  return Math.min(end + overrun, until);
}

function rescheduleOf(random: Random, lesson: FinishedLesson, original_time: string): SyntheticReschedule {
  const { start, outcome, usualReason } = lesson;
  const notice = drawNotice(random, lesson);
  const newTime = random.chance(0.12) ? null : drawNewTime(random, start, notice);
  const isTutor = outcome === 'moved_by_tutor';
  return {
    initiator: isTutor ? 'tutor' : 'student',
    original_time,
    new_time: newTime === null ? null : timeText(newTime),
    ...drawReason(random, isTutor ? usualReason : null),
    cancelled_at: timeText(start - notice),
  };
}

/** Milliseconds before the start, in whole seconds; negative for a late entry. Shorter notices are more frequent. */
function drawNotice(random: Random, { start, isShortNotice, knownFrom }: FinishedLesson): number {
  const longest = start - knownFrom;
  const bounds = isShortNotice || longest < LONG_NOTICE_MS.min ? SHORT_NOTICE_MS : LONG_NOTICE_MS;
  if (isShortNotice && random.chance(LATE_ENTRY_CHANCE)) return -random.integer(1, LATE_ENTRY_MS / 1000) * 1000;
  const span = Math.max(0, Math.min(bounds.max, longest) - bounds.min);
  return Math.floor((bounds.min + random.fraction() * random.fraction() * span) / 1000) * 1000;
}

/** Later the same day when asked for early enough, else one to ten days on, at a similar hour. */
function drawNewTime(random: Random, start: number, notice: number): number {
  if (notice > 3 * HOUR_MS && random.chance(0.1)) return start + random.integer(1, 3) * HOUR_MS;
  return start + random.integer(1, 10) * DAY_MS + random.integer(-4, 4) * 30 * MINUTE_MS;
}

function timeText(instant: number): string {
  return new Date(instant).toISOString();
}
