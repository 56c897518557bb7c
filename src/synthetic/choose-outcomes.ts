import { at } from './at.ts';
import type { Lesson } from './place-lessons.ts';
import { type MoveCell, moveQuotas, sessionQuotas } from './quotas.ts';
import type { Random } from './random.ts';
import { CLASS_TARGETS, CLASS_WINDOW_MS, RISK_CLASSES, SHARES } from './targets.ts';

/** How strongly a favourite weekday draws a tutor's move. */
const FAVOURITE_PULL = 0.9;

/**
 * Decides what became of each lesson, in exact numbers: first each tutor's moves, whose rate must lie in the class in
 * the last 90 days and before them, then moves by students and no-shows among the rest.
 */
export function chooseOutcomes(random: Random, timetables: readonly Lesson[][], asOf: Date): void {
  const recentFrom = asOf.getTime() - CLASS_WINDOW_MS;
  const byClass = RISK_CLASSES.toReversed().flatMap((name) =>
    timetables.filter((lessons) => lessons[0]?.tutor.risk_class === name),
  );
  const stretches = byClass.flatMap((lessons) => [
    lessons.filter(({ start }) => start >= recentFrom),
    lessons.filter(({ start }) => start < recentFrom),
  ]);
  const lessons = timetables.flat();
  const quotas = sessionQuotas(lessons.length);
  const moves = moveQuotas(stretches.map(cellOf), quotas.movedByTutor, random.fraction);
  const moved = stretches.flatMap((stretch, index) => chooseMoves(random, stretch, at(moves, index)));
  for (const lesson of moved) lesson.outcome = 'moved_by_tutor';
  const atShortNotice = Math.round(moved.length * SHARES.shortNotice);
  for (const lesson of random.shuffled(moved).slice(0, atShortNotice)) lesson.isShortNotice = true;

  const others = random.shuffled(lessons.filter(({ outcome }) => outcome === 'completed'));
  const byStudent = Math.max(0, quotas.rescheduled - moved.length);
  for (const lesson of others.slice(0, byStudent)) {
    lesson.outcome = 'moved_by_student';
    lesson.isShortNotice = random.chance(SHARES.shortNotice);
  }
  for (const lesson of others.slice(byStudent, byStudent + quotas.noShow)) lesson.outcome = 'no_show';
}

function cellOf(lessons: readonly Lesson[]): MoveCell {
  const tutor = lessons[0]?.tutor;
  return { sessions: lessons.length, rate: tutor?.true_rate ?? 0, band: tutor?.band ?? CLASS_TARGETS.low.band };
}

/**
 * Moves spread evenly over the stretch, so that the shorter windows show the class too and chance does not flag half
 * of the reliable tutors. A favourite weekday needs longer parts to choose from.
 */
function chooseMoves(random: Random, lessons: readonly Lesson[], count: number): Lesson[] {
  const favourite = lessons[0]?.tutor.favourite_weekday ?? null;
  const movesInPart = favourite === null ? 1 : 8;
  const chosen: Lesson[] = [];
  for (let first = 0; first < count; first += movesInPart) {
    const end = Math.min(first + movesInPart, count);
    const part = lessons.slice(
      Math.floor((first * lessons.length) / count),
      Math.floor((end * lessons.length) / count),
    );
    const isDrawn = (lesson: Lesson): boolean => lesson.weekday === favourite && random.chance(FAVOURITE_PULL);
    const ranked = random.shuffled(part).map((lesson) => ({ lesson, rank: isDrawn(lesson) ? 0 : 1 }));
    ranked.sort((one, other) => one.rank - other.rank);
    chosen.push(...ranked.slice(0, end - first).map(({ lesson }) => lesson));
  }
  return chosen;
}
