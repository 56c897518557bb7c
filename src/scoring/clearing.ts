import { type EvidenceTier, evidenceTier, isFlagged } from './evidence.ts';
import { posteriorOf, probabilityAbove, type RateBelief } from './posterior.ts';
import type { WindowCounts } from './reschedule-rate.ts';
import type { CountedSession } from './rolling-rate.ts';
import { DAY_MS } from './window.ts';

/**
 * What would end a flag. `at` is when time alone does it, and `movesLeaving` how many moves have left the window
 * by then; `null` when what is stored does not. `becomes` is what is said then: often not that the tutor is clear, but
 * that too few sessions are left to say. `keptSessions` is how many kept sessions in a row do it, if
 * they came now; `null` when more than 500 would be needed.
 */
export type Clearing = {
  at: Date | null;
  becomes: EvidenceTier | null;
  movesLeaving: number;
  keptSessions: number | null;
};

/**
 * What a flag is weighed from: `sessions` are those that count, sorted by time, from the beginning of the window on,
 * those still to come included, since they are known; `threshold` is a share, `tier` the one that is said.
 */
export type ClearingQuestion = {
  sessions: readonly CountedSession[];
  asOf: Date;
  windowDays: number;
  prior: RateBelief;
  threshold: number;
  tier: EvidenceTier;
};

/**
 * What takes a tutor out of `confirmed` and `watch`, worked out by the same rule that put the tutor there: the window is
 * moved on to each instant at which a session leaves or enters it, and weighed anew, with what was said just before.
 *
 * @example whenCleared({ … }) // { at: 6 December, becomes: 'clear', movesLeaving: 3, keptSessions: 9 }
 */
export function whenCleared(question: ClearingQuestion): Clearing {
  return { ...clearedByTime(question), keptSessions: clearedByKeeping(question) };
}

/** A session that is in the window until `at`, or from then on. */
type Edge = { at: number; sessions: number; reschedules: number };

function clearedByTime({ sessions, asOf, windowDays, ...rule }: ClearingQuestion): Omit<Clearing, 'keptSessions'> {
  const now = asOf.getTime();
  let counts = countOf(sessions.filter(({ scheduled_time }) => scheduled_time.getTime() < now));
  let { tier } = rule;
  let movesLeaving = 0;
  const edges = sessions.flatMap((session) => edgesOf(session, now, windowDays * DAY_MS)).toSorted(byTime);
  for (const [index, { at, sessions: more, reschedules }] of edges.entries()) {
    counts = { sessions: counts.sessions + more, reschedules: counts.reschedules + reschedules };
    if (reschedules < 0) movesLeaving += 1;
    // Those of one instant come and go together.
    if (edges[index + 1]?.at === at) continue;
    tier = tierOf(counts, { ...rule, tier });
    if (!isFlagged(tier)) return { at: new Date(at), becomes: tier, movesLeaving };
  }
  return { at: null, becomes: null, movesLeaving: 0 };
}

function edgesOf({ scheduled_time, is_moved_by_tutor }: CountedSession, now: number, windowMs: number): Edge[] {
  const time = scheduled_time.getTime();
  const reschedules = is_moved_by_tutor ? 1 : 0;
  const leaving = { at: time + windowMs, sessions: -1, reschedules: -reschedules };
  return time < now ? [leaving] : [{ at: time, sessions: 1, reschedules }, leaving];
}

const MOST_KEPT = 500;

function clearedByKeeping({ sessions, asOf, ...rule }: ClearingQuestion): number | null {
  const now = countOf(sessions.filter(({ scheduled_time }) => scheduled_time < asOf));
  let { tier } = rule;
  for (let kept = 1; kept <= MOST_KEPT; kept += 1) {
    tier = tierOf({ ...now, sessions: now.sessions + kept }, { ...rule, tier });
    if (!isFlagged(tier)) return kept;
  }
  return null;
}

function tierOf(
  counts: WindowCounts,
  { prior, threshold, tier }: Pick<ClearingQuestion, 'prior' | 'threshold' | 'tier'>,
) {
  return evidenceTier(probabilityAbove(posteriorOf(prior, counts), threshold), counts, tier);
}

function countOf(sessions: readonly CountedSession[]): WindowCounts {
  const reschedules = sessions.filter(({ is_moved_by_tutor }) => is_moved_by_tutor).length;
  return { sessions: sessions.length, reschedules };
}

function byTime(one: Edge, other: Edge): number {
  return one.at - other.at;
}
