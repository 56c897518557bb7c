import { addMs, type Instant } from '../contract/instant.ts';
import type { IngestOutcome } from '../contract/sessions.ts';
import type { ErrorDetails } from '../errors.ts';
import { foldTutor, type TutorState } from '../tutors/fold-tutor.ts';
import { foldSession, type SessionState, scheduledTime } from './fold-session.ts';
import type { SessionEvent } from './session-event.ts';

/** What is stored of all sessions and tutors that a group names, by id; emails in lower case. */
export type StoredGroup = {
  sessions: Map<string, SessionState>;
  tutors: Map<string, TutorState>;
  emailOwners: Map<string, string>;
  /** Tutors who are not stored any more, and not to be stored again. */
  erasedTutors: ReadonlySet<string>;
};

type EventResult = { outcome: IngestOutcome; details?: never } | { details: ErrorDetails };

export type ChangedSession = {
  id: string;
  state: SessionState;
  isNew: boolean;
  received_at: Instant;
  /** Of a new session: when its reports were decided; null = they are still to be made. */
  reports_decided_at: Instant | null;
};

type ChangedTutor = { id: string; state: TutorState; isNew: boolean };

export type FoldedGroup = {
  /** One an event, in order. */
  results: EventResult[];
  sessions: ChangedSession[];
  tutors: ChangedTutor[];
  tutorsToRescore: string[];
};

const HOURS_48_MS = 48 * 60 * 60 * 1000;

/** Folds events, in the order in which they arrived, into what is stored. An event that breaks a rule changes nothing. */
export function foldGroup(stored: StoredGroup, events: readonly SessionEvent[]): FoldedGroup {
  const group = new Group(stored);
  const results = events.map((event) => group.fold(event));
  return {
    results,
    sessions: [...group.sessions.values()],
    tutors: [...group.tutors.values()],
    tutorsToRescore: [...group.tutorsToRescore],
  };
}

/** The working copy of a group while its events pass. */
class Group {
  readonly sessions = new Map<string, ChangedSession>();
  readonly tutors = new Map<string, ChangedTutor>();
  readonly tutorsToRescore = new Set<string>();
  readonly #stored: StoredGroup;
  readonly #emailOwners: Map<string, string>;

  constructor(stored: StoredGroup) {
    this.#stored = stored;
    this.#emailOwners = new Map(stored.emailOwners);
  }

  fold(event: SessionEvent): EventResult {
    const before = this.sessions.get(event.session_id)?.state ?? this.#stored.sessions.get(event.session_id) ?? null;
    const tutor = this.#tutor(event.tutor_id);
    if (tutor === null && this.#stored.erasedTutors.has(event.tutor_id)) return { details: { tutor_id: 'was erased' } };
    if (tutor === null && event.tutor === undefined) {
      return { details: { tutor_id: 'is unknown: send tutor {name, email} with the session, or PUT the tutor first' } };
    }
    const after = event.tutor === undefined ? tutor : foldTutor(tutor, event.tutor, event.occurred_at);
    if (after !== null && after.email !== tutor?.email && this.#isTaken(after.email, event.tutor_id)) {
      return { details: { 'tutor.email': 'belongs to another tutor' } };
    }
    const folded = foldSession(before, event);
    if (folded.details !== undefined) return folded;

    const isTutorChanged = after !== null && this.#changeTutor(event, tutor, after);
    if (folded.isChanged) this.#change(event, folded.state, before);
    const isOnlyTutorChanged = isTutorChanged && folded.outcome !== 'created';
    return { outcome: isOnlyTutorChanged ? 'updated' : folded.outcome };
  }

  #tutor(id: string): TutorState | null {
    return this.tutors.get(id)?.state ?? this.#stored.tutors.get(id) ?? null;
  }

  #isTaken(email: string | null, by: string): boolean {
    return email !== null && (this.#emailOwners.get(email.toLowerCase()) ?? by) !== by;
  }

  /** Returns whether the name or the email is another one now. */
  #changeTutor({ tutor_id: id, is_receipt }: SessionEvent, before: TutorState | null, after: TutorState): boolean {
    const isChanged = before?.name !== after.name || before.email !== after.email;
    if (after === before || (is_receipt && !isChanged)) return false;
    this.tutors.set(id, { id, state: after, isNew: !this.#stored.tutors.has(id) });
    if (isChanged && before?.email != null) this.#emailOwners.delete(before.email.toLowerCase());
    if (after.email !== null) this.#emailOwners.set(after.email.toLowerCase(), id);
    return isChanged;
  }

  #change({ session_id: id, received_at }: SessionEvent, state: SessionState, before: SessionState | null): void {
    const first = this.sessions.get(id);
    const isNew = first?.isNew ?? before === null;
    const reports_decided_at = first === undefined ? decideReports(state, received_at) : first.reports_decided_at;
    this.sessions.set(id, { id, state, isNew, received_at, reports_decided_at });
    this.tutorsToRescore.add(state.session.tutor_id);
    if (before !== null) this.tutorsToRescore.add(before.session.tutor_id);
  }
}

/** A session heard of more than 48 hours after its end gets no report, which is decided at once. */
function decideReports(state: SessionState, receivedAt: Instant): Instant | null {
  const end = state.session.completed_time ?? scheduledTime(state);
  return receivedAt > addMs(end, HOURS_48_MS) ? receivedAt : null;
}
