import fc from 'fast-check';

const HOUR = 60 * 60 * 1000;
const DAY = 24 * HOUR;

/** `undefined` where a sender says nothing; times in milliseconds. */
export type Event = {
  session_id: string;
  tutor_id: string;
  student: string;
  scheduled: number;
  completed: number | null;
  status: 'completed' | 'rescheduled' | 'no_show';
  duration: number | null;
  move: EventMove | null | undefined;
  tutor: { name: string; email?: string | null } | undefined;
  occurred: number | undefined;
};

export type EventMove = {
  initiator: 'tutor' | 'student';
  original: number;
  newTime: number | null;
  reason: string | null;
  cancelled: number | null | undefined;
};

/** The rules of the body itself (SPEC 4), against the instant of receipt. */
export function isWellFormed(
  { status, scheduled, completed, duration, move, occurred }: Event,
  received: number,
): boolean {
  const latest = received + 2 * 365.25 * DAY;
  const soon = received + HOUR / 12;
  if ((status === 'completed') !== (completed !== null)) return false;
  if (completed !== null && (completed < scheduled || completed > soon)) return false;
  if (status === 'rescheduled' && move === null) return false;
  if (duration !== null && (duration < 1 || duration > 1440)) return false;
  if ([scheduled, occurred, move?.newTime].some((time) => time != null && time > latest)) return false;
  if (move == null) return true;
  const { newTime, cancelled } = move;
  if (newTime !== null && newTime <= scheduled) return false;
  return cancelled == null || (cancelled <= scheduled + DAY && cancelled <= soon);
}

/** The body that says it. */
export function bodyOf({ scheduled, completed, duration, move, tutor, occurred, student, ...ids }: Event): object {
  return {
    ...ids,
    student_id: student,
    scheduled_time: iso(scheduled),
    ...(completed === null ? {} : { completed_time: iso(completed) }),
    ...(duration === null ? {} : { duration_minutes: duration }),
    ...(move === undefined ? {} : { reschedule_info: move && bodyOfMove(move) }),
    ...(tutor === undefined ? {} : { tutor }),
    ...(occurred === undefined ? {} : { occurred_at: iso(occurred) }),
  };
}

function bodyOfMove({ initiator, newTime, reason, cancelled }: EventMove): object {
  return {
    initiator,
    new_time: newTime === null ? null : iso(newTime),
    reason,
    ...(cancelled === undefined ? {} : { cancelled_at: cancelled === null ? null : iso(cancelled) }),
  };
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}

/** An event as it is drawn, before it is known who is who and when it is. */
export type DrawnEvent = {
  session: number;
  tutor: number;
  student: number;
  /** As sent: in its own place, or at the new time of a move. */
  shiftHours: number;
  status: Event['status'];
  /** How long after the start it was over; `null` = not said, whatever the status. */
  heldMinutes: number | null;
  duration: number | null;
  move: DrawnMove | null | undefined;
  tutorPart: { name: string; email?: number | null } | undefined;
  /** How many minutes before now it occurred; `undefined` = the sender does not say. */
  minutesAgo: number | undefined;
};

type DrawnMove = {
  initiator: EventMove['initiator'];
  newHours: number | null;
  reason: string | null;
  noticeHours: number | null | undefined;
};

const move: fc.Arbitrary<DrawnMove> = fc.record({
  initiator: fc.constantFrom('tutor', 'tutor', 'student'),
  newHours: fc.constantFrom(24, 24, 24, 48, null, -1, 20_000),
  reason: fc.constantFrom(null, 'ill', ''),
  noticeHours: fc.constantFrom(undefined, undefined, null, 5, 30, -20, -25),
});

const often = <Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Value | undefined> =>
  fc.oneof(value, value, fc.constant(undefined));

export const TUTORS = 3;
export const SESSIONS = 6;

export const drawnEvent: fc.Arbitrary<DrawnEvent> = fc
  .record({
    session: fc.nat(SESSIONS - 1),
    tutor: fc.constantFrom(0, 0, 0, 1, 2),
    student: fc.constantFrom(1, 1, 1, 2),
    shiftHours: fc.constantFrom(0, 0, 0, 0, 24, 24, 48, 1),
    kind: fc.constantFrom('held', 'held', 'missed', 'moved', 'moved', 'wrong'),
    heldMinutes: fc.constantFrom(60, 60, 90, 26 * 60, -5),
    duration: fc.constantFrom(null, 60, 90, 1440, 1441),
    move: fc.oneof(fc.constant(undefined), fc.constant(undefined), move, move, fc.constant(null)),
    tutorPart: often(
      fc.record(
        { name: fc.constantFrom('Ada', 'Bob', "O'Hara"), email: fc.constantFrom(null, 0, 1) },
        { requiredKeys: ['name'] },
      ),
    ),
    minutesAgo: often(fc.nat(6000)),
  })
  .map(({ kind, heldMinutes, ...drawn }) => ({
    ...drawn,
    duration: drawn.duration === 1441 && kind !== 'wrong' ? 60 : drawn.duration,
    status: kind === 'held' ? 'completed' : kind === 'moved' ? 'rescheduled' : 'no_show',
    heldMinutes: kind === 'held' || kind === 'wrong' ? heldMinutes : null,
  }));
