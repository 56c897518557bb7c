import type { Gathering, Place } from '../scoring/pattern.ts';
import type { WindowCounts } from '../scoring/reschedule-rate.ts';
import type { MoveGroup, PatternSession } from './pattern-queries.ts';

export type PatternKind = 'weekday' | 'hours' | 'notice' | 'reason' | 'student' | 'first_session';

/** A place with what its kind calls it: a weekday or band by its number, a reason or student by its own words. */
export type NamedPlace = Place & { kind: PatternKind; key: string };

/** The hours at which bands of the day begin; the first one begins at midnight. */
export const HOUR_BANDS_FROM = [9, 12, 15, 18, 21] as const;
/** The hours of notice at which its bands begin; the first one holds moves after the start, too. */
export const NOTICE_BANDS_FROM = [6, 24, 72] as const;

/**
 * Everywhere a tutor's moves might gather. Which places are looked at follows from sessions and from the moves of all
 * tutors, not from where the tutor's own moves lie: who looks only where there are some finds too much. Places with
 * fewer than five sessions are left out, since little could be said of them and each makes the others harder to see.
 *
 * Reasons that make less than a hundredth of all moves are too many to look at each. Only one that the tutor gave on
 * five days is: with 40 moves, chance alone brings that to one tutor in 150, all rare reasons taken together.
 */
export function placesOf(sessions: readonly PatternSession[], groups: readonly MoveGroup[]): NamedPlace[] {
  return [
    ...ownPlaces('weekday', sessions, ({ weekday }) => String(weekday)).map((place) => withDays(place, sessions)),
    ...ownPlaces('hours', sessions, ({ hour }) => String(bandOf(hour, HOUR_BANDS_FROM))),
    ...ownPlaces('student', sessions, ({ student_id }) => student_id),
    ...ownPlaces('first_session', sessions, ({ is_first }) => (is_first ? 'first' : null)),
    ...movePlaces('notice', sessions, noticeOf, groups),
    ...movePlaces('reason', sessions, ({ reason }) => reason, groups),
  ];
}

const FEWEST_SESSIONS = 5;
const FEWEST_DAYS_OF_RARE = 5;
const COMMON_SHARE = 0.01;

type KeyOf = (session: PatternSession) => string | null;

/** Places that sessions have whether they were moved or not. */
function ownPlaces(kind: PatternKind, sessions: readonly PatternSession[], keyOf: KeyOf): NamedPlace[] {
  const all = countsOf(sessions);
  return [...Map.groupBy(sessions, keyOf)].flatMap(([key, inside]) => {
    const isLookedAt = key !== null && Math.min(inside.length, all.sessions - inside.length) >= FEWEST_SESSIONS;
    return isLookedAt ? [{ kind, key, against: 'own_sessions', inside: countsOf(inside), all }] : [];
  });
}

function countsOf(sessions: readonly PatternSession[]): WindowCounts {
  return { sessions: sessions.length, reschedules: sessions.filter(({ is_moved }) => is_moved).length };
}

function withDays(place: NamedPlace, sessions: readonly PatternSession[]): NamedPlace {
  const inside = daysOf(sessions.filter(({ weekday }) => String(weekday) === place.key));
  return { ...place, days: { inside, all: daysOf(sessions) } };
}

/** Days with sessions, and those of them with a move. */
function daysOf(sessions: readonly PatternSession[]): WindowCounts {
  const days = new Set(sessions.map(({ day }) => day));
  const moved = new Set(sessions.filter(({ is_moved }) => is_moved).map(({ day }) => day));
  return { sessions: days.size, reschedules: moved.size };
}

/** Places that only moves have: the moves of all others say what is usual there. */
function movePlaces(
  kind: 'notice' | 'reason',
  sessions: readonly PatternSession[],
  keyOf: KeyOf,
  groups: readonly MoveGroup[],
): NamedPlace[] {
  const known = sessions.filter((session) => session.is_moved && keyOf(session) !== null);
  const own = Map.groupBy(known, keyOf);
  const ofKind = groups.filter((group) => (kind === 'notice' ? group.notice_band : group.reason) !== null);
  return ofKind.flatMap((group) => {
    const key = String(kind === 'notice' ? group.notice_band : group.reason);
    const inside = own.get(key) ?? [];
    const isCommon = kind === 'notice' || group.moves >= COMMON_SHARE * group.all_moves;
    if (!isCommon && eventsOf(inside) < FEWEST_DAYS_OF_RARE) return [];
    const moves = gatheringOf(inside.length, known.length, group.moves, group.all_moves);
    const days = gatheringOf(eventsOf(inside), eventsOf(known), group.events, group.all_events);
    return [{ kind, key, against: 'other_moves', ...moves, days }];
  });
}

/** Of the moves of everybody, the tutor's own are taken out. Both were counted a moment apart. */
function gatheringOf(inside: number, all: number, insideOfAll: number, allOfAll: number): Gathering {
  return {
    inside: { sessions: Math.max(0, insideOfAll - inside), reschedules: inside },
    all: { sessions: Math.max(0, allOfAll - all), reschedules: all },
  };
}

/** Moves with those of one day, of one notice and reason, counted once. */
function eventsOf(moves: readonly PatternSession[]): number {
  return new Set(moves.map((move) => `${move.day} ${noticeOf(move)} ${move.reason}`)).size;
}

function noticeOf({ notice_hours }: PatternSession): string | null {
  return notice_hours === null ? null : String(bandOf(notice_hours, NOTICE_BANDS_FROM));
}

/** How many bands begin at or before a value: the number of the one that holds it, from 0. */
function bandOf(value: number, bandsFrom: readonly number[]): number {
  return bandsFrom.filter((from) => value >= from).length;
}
