import { detailsOf } from '../contract/error-body.ts';
import { addMs, type Instant } from '../contract/instant.ts';
import { type SessionBody, sessionBody } from '../contract/sessions.ts';
import type { ErrorDetails } from '../errors.ts';
import type { TutorPart } from '../tutors/fold-tutor.ts';

/** One thing the platform said about one session, its defaults filled in. */
export type SessionEvent = {
  session_id: string;
  tutor_id: string;
  session: SessionPart;
  /** undefined = nothing was said; null = there is no reschedule. */
  reschedule: ReschedulePart | null | undefined;
  tutor: TutorPart | undefined;
  /** The version of all that the event says. */
  occurred_at: Instant;
  /** The sender gave no `occurred_at`: the version is the time of receipt. */
  is_receipt: boolean;
  received_at: Instant;
};

export type SessionPart = {
  tutor_id: string;
  student_id: string;
  /** `scheduled_time` as sent: of a moved lesson, the new time. */
  reported_time: Instant;
  completed_time: Instant | null;
  status: SessionBody['status'];
  duration_minutes: number | null;
};

export type ReschedulePart = {
  initiator: 'tutor' | 'student';
  original_time: Instant;
  new_time: Instant | null;
  reason: string | null;
  reason_code: string | null;
  /** null = unknown; 'default' = not said. */
  // oxlint-disable-next-line typescript/no-redundant-type-constituents -- names the one word that is no instant
  cancelled_at: Instant | null | 'default';
};

export type ReadEvent = { event: SessionEvent } | { details: ErrorDetails };

const MINUTE_MS = 60_000;
const EARLIEST: Instant = '2000-01-01T00:00:00.000000Z';
const LATEST = { ms: 2 * 365.25 * 24 * 60 * MINUTE_MS, words: 'two years after receipt' };
const SOON = { ms: 5 * MINUTE_MS, words: '5 minutes after receipt' };

/** Reads one body against the contract, then its times against the instant at which it was received. */
export function readSessionEvent(body: unknown, receivedAt: Instant): ReadEvent {
  const parsed = sessionBody.safeParse(body);
  if (!parsed.success) return { details: detailsOf(parsed.error) };
  return eventOf(parsed.data, receivedAt);
}

/** As `readSessionEvent`, for a body that was read already. */
export function eventOf(body: SessionBody, receivedAt: Instant): ReadEvent {
  const details = Object.fromEntries(timesOutOfRange(body, receivedAt));
  if (Object.keys(details).length > 0) return { details };
  return { event: toEvent(body, receivedAt) };
}

function* timesOutOfRange(body: SessionBody, receivedAt: Instant): Generator<[field: string, message: string]> {
  const move = body.reschedule_info;
  const times: [field: string, time: Instant | null | undefined, limit: typeof LATEST][] = [
    ['scheduled_time', body.scheduled_time, LATEST],
    ['completed_time', body.completed_time, SOON],
    ['occurred_at', body.occurred_at, LATEST],
    ['reschedule_info.new_time', move?.new_time, LATEST],
    ['reschedule_info.cancelled_at', move?.cancelled_at, SOON],
  ];
  for (const [field, time, { ms, words }] of times) {
    if (time == null) continue;
    // Most times are past, and need no limit worked out.
    const isTooLate = time > receivedAt && time > addMs(receivedAt, ms);
    if (time < EARLIEST || isTooLate) yield [field, `must lie between 2000-01-01 and ${words}`];
  }
}

function toEvent(body: SessionBody, receivedAt: Instant): SessionEvent {
  const { session_id, tutor_id, tutor, reschedule_info: move } = body;
  return {
    session_id,
    tutor_id,
    session: {
      tutor_id,
      student_id: body.student_id,
      reported_time: body.scheduled_time,
      completed_time: body.completed_time ?? null,
      status: body.status,
      duration_minutes: body.duration_minutes ?? null,
    },
    reschedule: move && {
      initiator: move.initiator,
      original_time: body.scheduled_time,
      new_time: move.new_time ?? null,
      reason: move.reason ?? null,
      reason_code: move.reason_code ?? null,
      cancelled_at: move.cancelled_at === undefined ? 'default' : move.cancelled_at,
    },
    tutor: tutor == null ? undefined : { name: tutor.name, email: tutor.email },
    occurred_at: body.occurred_at ?? receivedAt,
    is_receipt: body.occurred_at == null,
    received_at: receivedAt,
  };
}
