import type { Instant } from '../contract/instant.ts';
import type { IngestOutcome } from '../contract/sessions.ts';
import type { ErrorDetails } from '../errors.ts';
import type { ReschedulePart, SessionEvent, SessionPart } from './session-event.ts';
import { isSame, supersedes } from './version.ts';

/**
 * What is known of one session: two parts, each with its own version. The stored `scheduled_time` follows from
 * them (`scheduledTime`), so the parts can be replaced one by one and in any order.
 */
export type SessionState = {
  session: SessionPart;
  occurred_at: Instant;
  reschedule: ReschedulePart | null;
  /** null = nothing was ever said of a reschedule; it outlives a reschedule that is removed. */
  reschedule_occurred_at: Instant | null;
  /** The earliest event that told of a move without its cancelled_at: that default is kept on repetition. */
  reschedule_heard_at: Instant | null;
};

export type Fold =
  | { details: ErrorDetails }
  | { details?: never; state: SessionState; outcome: IngestOutcome; isChanged: boolean };

/**
 * The state after an event, and what became of it. Pure: the caller has locked what it passes.
 *
 * For events that are accepted, the state that remains does not depend on their order: each part is the newest
 * one said, by `supersedes`, and the rest follows from the two.
 */
export function foldSession(stored: SessionState | null, event: SessionEvent): Fold {
  if (stored === null) return checked(firstState(event), event, 'created', true);

  const sessionWins = supersedes(
    { occurred_at: event.occurred_at, content: event.session },
    { occurred_at: stored.occurred_at, content: stored.session },
  );
  const rescheduleWins =
    event.reschedule !== undefined &&
    supersedes(
      { occurred_at: event.occurred_at, content: event.reschedule },
      { occurred_at: stored.reschedule_occurred_at, content: stored.reschedule },
    );
  const state: SessionState = {
    session: sessionWins ? event.session : stored.session,
    occurred_at: sessionWins ? event.occurred_at : stored.occurred_at,
    reschedule: rescheduleWins ? (event.reschedule ?? null) : stored.reschedule,
    reschedule_occurred_at: rescheduleWins ? event.occurred_at : stored.reschedule_occurred_at,
    reschedule_heard_at: heardAt(stored.reschedule_heard_at, event),
  };
  if (!isSame(visible(state), visible(stored))) return checked(state, event, 'updated', sessionWins);

  // Of two that say the same without a version of their own, either may be stored first.
  const isOlder = event.occurred_at < stored.occurred_at && !event.is_receipt;
  const outcome = isOlder || !saysWhatIsStored(event, state) ? 'stale' : 'unchanged';
  // Without an occurred_at of its own, a repetition says nothing new, not even when.
  if (event.is_receipt) return { state: stored, outcome, isChanged: false };
  return { state, outcome, isChanged: !isSame(state, stored) };
}

/** When the session was to take place: with a reschedule its original time, else the time last reported. */
export function scheduledTime({ session, reschedule }: SessionState): Instant {
  return reschedule?.original_time ?? session.reported_time;
}

/** When the move was asked for: as said, or the default, if that is before the session. null = unknown. */
export function cancelledAt({ reschedule, reschedule_heard_at }: SessionState): Instant | null {
  if (reschedule === null) return null;
  if (reschedule.cancelled_at !== 'default') return reschedule.cancelled_at;
  const isBefore = reschedule_heard_at !== null && reschedule_heard_at < reschedule.original_time;
  return isBefore ? reschedule_heard_at : null;
}

function firstState(event: SessionEvent): SessionState {
  return {
    session: event.session,
    occurred_at: event.occurred_at,
    reschedule: event.reschedule ?? null,
    reschedule_occurred_at: event.reschedule === undefined ? null : event.occurred_at,
    reschedule_heard_at: heardAt(null, event),
  };
}

function heardAt(stored: Instant | null, { reschedule, occurred_at }: SessionEvent): Instant | null {
  if (reschedule?.cancelled_at !== 'default') return stored;
  return stored === null || occurred_at < stored ? occurred_at : stored;
}

function saysWhatIsStored(event: SessionEvent, { session, reschedule }: SessionState): boolean {
  return isSame(event.session, session) && (event.reschedule === undefined || isSame(event.reschedule, reschedule));
}

function visible(state: SessionState) {
  return [state.session, state.reschedule, scheduledTime(state), cancelledAt(state)];
}

/** The rules that need what is stored. They bind what the event brings in, not what it only passes by. */
function checked(state: SessionState, event: SessionEvent, outcome: IngestOutcome, sessionWins: boolean): Fold {
  const { session, reschedule } = state;
  const { reported_time, completed_time } = event.session;
  if (session.status === 'rescheduled' && reschedule === null) {
    return { details: { reschedule_info: 'is required when status is rescheduled' } };
  }
  if (sessionWins && event.reschedule === undefined && reschedule !== null) {
    const isItsTime = [reschedule.original_time, reschedule.new_time].includes(reported_time);
    if (!isItsTime)
      return { details: { scheduled_time: 'differs from the stored reschedule: send reschedule_info with it' } };
  }
  if (session.completed_time !== null && session.completed_time < scheduledTime(state)) {
    const field = sessionWins && completed_time !== null ? 'completed_time' : 'reschedule_info.original_time';
    return { details: { [field]: `must fit the stored session: completed ${session.completed_time}` } };
  }
  return { state, outcome, isChanged: true };
}
