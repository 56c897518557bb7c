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

const move = (newHours: readonly (number | null)[], noticeHours: readonly (number | null | undefined)[]) =>
  fc.record<DrawnMove>({
    initiator: fc.constantFrom('tutor', 'tutor', 'student'),
    newHours: fc.constantFrom(...newHours),
    reason: fc.constantFrom(null, 'ill', ''),
    noticeHours: fc.constantFrom(...noticeHours),
  });
const goodMove = move([24, 24, 24, 48, null], [undefined, undefined, undefined, null, 5, 30]);
const badMove = move([24, -1, 20_000], [undefined, -20, -25]);

export const TUTORS = 3;
export const SESSIONS = 6;

/** What is drawn of every event, whatever it tells. */
const common = {
  session: fc.nat(SESSIONS - 1),
  tutor: fc.constantFrom(0, 0, 0, 0, 1, 2),
  student: fc.constantFrom(1, 1, 1, 2),
  shiftHours: fc.constantFrom(0, 0, 0, 0, 0, 0, 24, 48),
  tutorPart: fc.oneof(
    { weight: 6, arbitrary: fc.record({ name: fc.constantFrom('Ada', 'Bob', "O'Hara") }) },
    { weight: 2, arbitrary: fc.record({ name: fc.constant('Ada'), email: fc.constantFrom(null, 0, 0, 1) }) },
    { weight: 2, arbitrary: fc.constant(undefined) },
  ),
  minutesAgo: fc.option(fc.oneof(fc.nat(6000), fc.nat(150_000)), { nil: undefined, freq: 4 }),
};
const goodDuration = fc.constantFrom(null, 60, 90, 1440);
const noMove = fc.constant(undefined);

const held = fc.record<DrawnEvent>({
  ...common,
  status: fc.constant('completed'),
  heldMinutes: fc.constantFrom(60, 60, 90, 26 * 60),
  duration: goodDuration,
  move: fc.oneof(noMove, noMove, noMove, goodMove, fc.constant(null)),
});
const missed = fc.record<DrawnEvent>({
  ...common,
  status: fc.constant('no_show'),
  heldMinutes: fc.constant(null),
  duration: goodDuration,
  move: fc.oneof(noMove, noMove, goodMove, fc.constant(null)),
});
const moved = fc.record<DrawnEvent>({
  ...common,
  status: fc.constant('rescheduled'),
  heldMinutes: fc.constant(null),
  duration: goodDuration,
  move: fc.oneof(goodMove, goodMove, goodMove, goodMove, noMove),
});
const wrong = fc.record<DrawnEvent>({
  ...common,
  status: fc.constantFrom('completed', 'rescheduled', 'no_show'),
  heldMinutes: fc.constantFrom(null, -5, 60),
  duration: fc.constantFrom(60, 0, 1441),
  move: fc.oneof(noMove, fc.constant(null), badMove),
});

export const drawnEvent: fc.Arbitrary<DrawnEvent> = fc.oneof(held, held, held, missed, moved, moved, moved, wrong);
