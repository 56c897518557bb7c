import type { TutorPattern } from '../contract/pattern.ts';
import type { Db } from '../database/connection.ts';
import { leftOutDays } from '../evidence/left-out-days.ts';
import { FEWEST_MOVES, findPatterns } from '../scoring/pattern.ts';
import { describePattern } from './describe-pattern.ts';
import type { TutorFigures } from './make-queries.ts';
import { moveGroups, patternSessions } from './pattern-queries.ts';
import { NOTICE_BANDS_FROM, placesOf } from './places.ts';

/**
 * Where the moves of these tutors gather beyond chance in the 90 days that end at `asOf`, most surprising first; a
 * tutor of whom nothing can be said is not there.
 */
export async function findTutorPatterns(
  db: Db,
  tutorIds: readonly string[],
  asOf: Date,
  timezone: string,
): Promise<Map<string, TutorPattern[]>> {
  if (tutorIds.length === 0) return new Map();
  const period = { asOf, leftOut: await leftOutDays(db, asOf), timezone };
  const sessions = await patternSessions(db, tutorIds, period);
  const groups = await moveGroups(db, period, NOTICE_BANDS_FROM, FEWEST_MOVES);
  const found = [...Map.groupBy(sessions, ({ tutor_id }) => tutor_id)].map(([id, own]) => {
    const spoken = findPatterns(placesOf(own, groups)).filter(({ isSpoken }) => isSpoken);
    return [id, spoken.slice(0, MOST_PATTERNS).map(describePattern)] as const;
  });
  return new Map(found.filter(([, patterns]) => patterns.length > 0));
}

/** The tutors with enough moves for a pattern: of the others nothing would be said, and nothing need be read. */
export function tutorsToLookAt(figures: ReadonlyMap<string, TutorFigures>): string[] {
  return [...figures].filter(([, tutor]) => tutor.tutor_reschedules_90d >= FEWEST_MOVES).map(([id]) => id);
}

/** What gathers in one place gathers in others that hang together with it: after three nothing new is said. */
const MOST_PATTERNS = 3;
