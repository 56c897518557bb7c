import { DAY_MS } from '../scoring/window.ts';
import { at } from './at.ts';
import { businessSlots, firstSlotFrom, type SlotRange, type Slots } from './calendar.ts';
import { chooseOutcomes } from './choose-outcomes.ts';
import { type Lesson, type Places, placeLessons } from './place-lessons.ts';
import { planTutors, type TutorPlan } from './plan-tutors.ts';
import { createRandom, type Random } from './random.ts';
import { sessionRecord } from './session-record.ts';
import { solveLoad } from './solve-load.ts';
import { studentsOf } from './students.ts';
import type { GenerateOptions, SyntheticData, SyntheticSession, SyntheticTutor } from './synthetic-data.ts';
import { CLASS_TARGETS, CLASS_WINDOW_MS } from './targets.ts';

/**
 * Tutors and their finished sessions of the last `days` days before `asOf`, in order of scheduled time. The same options
 * give the same data. All times are at or before `asOf`, except the new times of moved sessions.
 * `tutors` is at least 1 and `days` at least 1.
 */
export function generate(options: GenerateOptions): SyntheticData {
  const { asOf, days, seed, sessions, timezone } = options;
  const random = createRandom(seed, 'sessions');
  const plans = planTutors(options);
  const slots = businessSlots(asOf.getTime() - days * DAY_MS, asOf.getTime(), timezone);
  const ranges = plans.map((plan) => slotsOf(slots, plan));
  const load = solveLoad(random, plans, ranges, slots, sessions);
  const timetables = plans.map((plan, index) => {
    const students = studentsOf(random, plan.id, at(load, index), plans[index - 1]?.id ?? null);
    return placeLessons(random, plan, students, at(load, index), placesOf(slots, at(ranges, index), plan, asOf));
  });
  chooseOutcomes(random, timetables, asOf);
  const finished = timetables.flat().sort((one, other) => one.start - other.start);
  return {
    tutors: plans.map(tutorOf),
    sessions: finished.map((lesson) => recordOf(random, lesson)),
  };
}

/** The slots in which a tutor can teach; the whole period for one whose own time holds none. */
function slotsOf(slots: Slots, { teaches_from, teaches_until }: TutorPlan): SlotRange {
  const own = { first: firstSlotFrom(slots, teaches_from), end: firstSlotFrom(slots, teaches_until) };
  return own.first < own.end ? own : { first: 0, end: slots.starts.length };
}

function placesOf(slots: Slots, range: SlotRange, { risk_class }: TutorPlan, asOf: Date): Places {
  const recentFirst = firstSlotFrom(slots, asOf.getTime() - CLASS_WINDOW_MS);
  const recent = { first: Math.min(Math.max(range.first, recentFirst), range.end - 1), end: range.end };
  return { slots, range, recent, recentCount: CLASS_TARGETS[risk_class].fewestSessions, until: asOf.getTime() };
}

function recordOf(random: Random, lesson: Lesson): SyntheticSession {
  const { tutor } = lesson;
  return sessionRecord(random, {
    tutor_id: tutor.id,
    student_id: lesson.student_id,
    start: lesson.start,
    end: lesson.end,
    outcome: lesson.outcome,
    isShortNotice: lesson.isShortNotice,
    usualReason: tutor.usual_reason,
    knownFrom: tutor.created_at.getTime(),
    until: lesson.until,
  });
}

function tutorOf({ id, name, email, is_active, created_at, risk_class, true_rate }: TutorPlan): SyntheticTutor {
  return { id, name, email, is_active, created_at, risk_class, true_rate };
}
