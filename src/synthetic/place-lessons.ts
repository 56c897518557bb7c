import { at } from './at.ts';
import { drawSlot, MINUTE_MS, SHORTEST_LESSON_MINUTES, type SlotRange, type Slots } from './calendar.ts';
import type { TutorPlan } from './plan-tutors.ts';
import type { Random } from './random.ts';

export type Outcome = 'completed' | 'moved_by_tutor' | 'moved_by_student' | 'no_show';

/** A lesson in the making. Times are milliseconds of UTC. */
export type Lesson = {
  tutor: TutorPlan;
  student_id: string;
  start: number;
  end: number;
  weekday: number;
  /** The lesson may run over until the next one begins, and never past the end of the period. */
  until: number;
  outcome: Outcome;
  /** If it is moved, with less than a day's notice. */
  isShortNotice: boolean;
};

type Timetable = { slots: Slots; taken: Uint8Array; isFull: boolean; until: number };

/** A slot of a timetable, and what is held in it. */
type Placed = { slot: number; minutes: number };

const DURATIONS = [
  { minutes: SHORTEST_LESSON_MINUTES, weight: 10 },
  { minutes: 45, weight: 15 },
  { minutes: 60, weight: 50 },
  { minutes: 90, weight: 18 },
  { minutes: 120, weight: 7 },
];
/** Draws before looking for any free slot at all. */
const TRIES = 24;

/**
 * One tutor's lessons in time order, none overlapping as long as the range has room; all over by `until`.
 * At least `recentCount` of them (or all) lie in `recent`, the part of the range in which the class is realised.
 */
export function placeLessons(
  random: Random,
  tutor: TutorPlan,
  students: readonly string[],
  count: number,
  { slots, range, recent, recentCount, until }: Places,
): Lesson[] {
  const table: Timetable = { slots, taken: new Uint8Array(slots.starts.length), isFull: false, until };
  const lessons: Lesson[] = [];
  let recentMissing = recentCount;
  for (let left = count; left > 0; left -= 1) {
    const { slot, minutes } = place(random, table, left <= recentMissing ? recent : range);
    if (slot >= recent.first) recentMissing -= 1;
    const start = at(slots.starts, slot);
    lessons.push({
      tutor,
      student_id: random.pick(students),
      start,
      end: start + minutes * MINUTE_MS,
      weekday: at(slots.weekdays, slot),
      until,
      outcome: 'completed',
      isShortNotice: false,
    });
  }
  lessons.sort((one, other) => one.start - other.start);
  for (const [index, lesson] of lessons.entries()) {
    const next = lessons[index + 1];
    if (next !== undefined) lesson.until = Math.max(lesson.end, next.start);
  }
  return lessons;
}

/** Where lessons may go; `recent` ends where `range` ends. */
export type Places = { slots: Slots; range: SlotRange; recent: SlotRange; recentCount: number; until: number };

/** How long a lesson lasts that starts at `start` and must be over by `until`. */
export function drawMinutes(random: Random, start: number, until: number): number {
  const { minutes } = random.weighted(DURATIONS);
  return start + minutes * MINUTE_MS <= until ? minutes : SHORTEST_LESSON_MINUTES;
}

function place(random: Random, table: Timetable, range: SlotRange): Placed {
  const { slots, until } = table;
  if (!table.isFull) {
    for (let attempt = 0; attempt < TRIES; attempt += 1) {
      const slot = drawSlot(random, slots, range);
      const minutes = drawMinutes(random, at(slots.starts, slot), until);
      if (take(table, slot, minutes)) return { slot, minutes };
    }
    const length = range.end - range.first;
    const offset = random.integer(0, length - 1);
    for (let step = 0; step < length; step += 1) {
      const slot = range.first + ((offset + step) % length);
      if (take(table, slot, SHORTEST_LESSON_MINUTES)) return { slot, minutes: SHORTEST_LESSON_MINUTES };
    }
    table.isFull = true;
  }
  const slot = drawSlot(random, slots, range);
  return { slot, minutes: drawMinutes(random, at(slots.starts, slot), until) };
}

/** Takes the slots that a lesson covers, if all of them are free. */
function take({ slots, taken }: Timetable, slot: number, minutes: number): boolean {
  const end = at(slots.starts, slot) + minutes * MINUTE_MS;
  let after = slot;
  while (after < slots.starts.length && at(slots.starts, after) < end) {
    if (at(taken, after) === 1) return false;
    after += 1;
  }
  taken.fill(1, slot, after);
  return true;
}
