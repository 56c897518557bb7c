import fc from 'fast-check';
import { instantOf } from '../src/contract/instant.ts';
import { readSessionEvent, type SessionEvent } from '../src/sessions/session-event.ts';
import type { Body } from './factories.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** Some days ago, so that all that happens here lies in the last 30. */
const START = Math.floor(Date.now() / HOUR_MS) * HOUR_MS - 20 * 24 * HOUR_MS;
const iso = (ms: number) => new Date(ms).toISOString();

export type EventIds = { sessions: readonly string[]; tutors: readonly string[] };

/** Times of one session: always the same original, so that no event contradicts another one. */
const originalOf = (index: number) => START + index * 40 * HOUR_MS;

/**
 * Events that are accepted in every order: creations, repetitions, corrections, moves, removals and lessons that
 * report in under their new time, of a few sessions and tutors, each with its own version.
 */
export function sessionEvents({ sessions, tutors }: EventIds, most: number): fc.Arbitrary<Body[]> {
  const event = fc
    .record({
      session: fc.nat(sessions.length - 1),
      tutor: fc.nat(tutors.length - 1),
      version: fc.nat(12),
      kind: fc.constantFrom('held', 'held', 'missed', 'moved', 'moved', 'moved_by_student', 'unmoved', 'held_anew'),
      minutes: fc.constantFrom(30, 60, 90, null),
      reason: fc.constantFrom('ill', 'late', null),
      saysWhen: fc.boolean(),
    })
    .map((drawn) => bodyOf(drawn, sessions[drawn.session] ?? '', tutors[drawn.tutor] ?? ''));
  return fc.array(event, { minLength: 1, maxLength: most });
}

type Drawn = {
  session: number;
  version: number;
  kind: string;
  minutes: number | null;
  reason: string | null;
  saysWhen: boolean;
};

function bodyOf(
  { session, version, kind, minutes, reason, saysWhen }: Drawn,
  session_id: string,
  tutor_id: string,
): Body {
  const original = originalOf(session);
  const newTime = original + 24 * HOUR_MS;
  const base = {
    session_id,
    tutor_id,
    student_id: 's-1',
    scheduled_time: iso(original),
    duration_minutes: minutes,
    occurred_at: iso(original - 10 * HOUR_MS + version * MINUTE_MS),
    tutor: { name: `Tutor ${version}` },
  };
  const held = { status: 'completed' as const, completed_time: iso(newTime + HOUR_MS) };
  const move = {
    new_time: iso(newTime),
    reason,
    ...(saysWhen ? { cancelled_at: iso(original - 5 * HOUR_MS) } : {}),
  };
  switch (kind) {
    case 'held':
      return { ...base, ...held };
    case 'missed':
      return { ...base, status: 'no_show' };
    case 'moved':
      return { ...base, status: 'rescheduled', reschedule_info: { initiator: 'tutor', ...move } };
    case 'moved_by_student':
      return { ...base, status: 'rescheduled', reschedule_info: { initiator: 'student', ...move } };
    case 'unmoved':
      return { ...base, status: 'no_show', reschedule_info: null };
    default:
      return { ...base, ...held, reschedule_info: { initiator: 'tutor', ...move } };
  }
}

/** Reads a body as the door does, by default now; the body must be a good one. */
export function eventOf(body: Body, receivedAt = instantOf(new Date())): SessionEvent {
  const read = readSessionEvent(body, receivedAt);
  if ('details' in read) throw new Error(JSON.stringify(read.details));
  return read.event;
}
