import { type Event, type EventMove, isWellFormed } from './event.ts';

const HOUR = 60 * 60 * 1000;
const DAY = 24 * HOUR;

/** All times are milliseconds since 1970; those of receipt have a fraction, as no two are alike. */
type Time = number;

export type ModelSession = {
  version: Time;
  tutor: string;
  student: string;
  /** As last reported; a moved lesson keeps its original time beside it. */
  reported: Time;
  completed: Time | null;
  status: Event['status'];
  duration: number | null;
  /** `undefined` = nothing was ever said of a move; `value: null` = there is none (any more). */
  move: { version: Time; value: EventMove | null } | undefined;
  /** The earliest event that told of a move, and not when it was asked for. */
  heard: Time | null;
  hasReports: boolean;
};

export type ModelTutor = {
  name: string;
  nameVersion: Time;
  email: string | null;
  emailVersion: Time | null;
  isActive: boolean;
};

export type Outcome = 'created' | 'updated' | 'unchanged' | 'stale' | 'refused';
export type Counts = { total: number; moved: number };

/** What SPEC 3 and 4 say the service knows, in as few words as possible. */
export class Model {
  readonly sessions = new Map<string, ModelSession>();
  readonly tutors = new Map<string, ModelTutor>();
  readonly erased = new Set<string>();
  threshold = 15;

  /** Takes an event that was received at an instant. */
  take(event: Event, received: Time): Outcome {
    const version = event.occurred ?? received;
    const tutor = this.tutors.get(event.tutor_id);
    const tutorAfter = tutorAfterEvent(tutor, event, version);
    if (!isWellFormed(event, received) || this.erased.has(event.tutor_id) || tutorAfter === undefined) return 'refused';
    if (tutorAfter.email !== (tutor?.email ?? null) && this.#ownerOf(tutorAfter.email, event.tutor_id))
      return 'refused';

    const before = this.sessions.get(event.session_id);
    const after = before === undefined ? firstState(event, version, received) : nextState(before, event, version);
    const isSame = before !== undefined && visible(after) === visible(before);
    if (!isSame && !isAllowed(after, before, event, version)) return 'refused';

    const isTutorChanged = tutor?.name !== tutorAfter.name || tutor.email !== tutorAfter.email;
    // A repetition that has no version of its own says nothing new, not even when.
    const hasVersion = event.occurred !== undefined;
    if (isTutorChanged || hasVersion) this.tutors.set(event.tutor_id, tutorAfter);
    if (!isSame || hasVersion) this.sessions.set(event.session_id, after);
    if (before === undefined) return 'created';
    if (!isSame || isTutorChanged) return 'updated';
    return saysWhatIsKnown(event, before) && !(hasVersion && version < before.version) ? 'unchanged' : 'stale';
  }

  /** PUT: as of now, or just after what is known. */
  put(id: string, body: { name: string; email?: string | null; is_active?: boolean }, now: Time): number {
    if (this.erased.has(id)) return 409;
    const tutor = this.tutors.get(id);
    if (body.email !== undefined && this.#ownerOf(body.email, id)) return 409;
    const after = (version: Time | null | undefined) => (version == null || now > version ? now : version + 0.001);
    this.tutors.set(id, {
      name: body.name,
      nameVersion: after(tutor?.nameVersion),
      email: body.email === undefined ? (tutor?.email ?? null) : body.email,
      emailVersion: body.email === undefined ? (tutor?.emailVersion ?? null) : after(tutor?.emailVersion),
      isActive: body.is_active ?? tutor?.isActive ?? true,
    });
    return tutor === undefined ? 201 : 200;
  }

  erase(id: string): void {
    if (this.tutors.delete(id)) this.erased.add(id);
    for (const [session, { tutor }] of this.sessions) if (tutor === id) this.sessions.delete(session);
  }

  sessionsOf(tutor: string): [id: string, session: ModelSession][] {
    return [...this.sessions].filter(([, session]) => session.tutor === tutor);
  }

  /** Sessions in [from, until), and those of them that the tutor moved. */
  count(tutor: string, from: Time, until: Time): Counts {
    const within = this.sessionsOf(tutor).filter(
      ([, session]) => from <= scheduled(session) && scheduled(session) < until,
    );
    const moved = within.filter(([, { move }]) => move?.value?.initiator === 'tutor');
    return { total: within.length, moved: moved.length };
  }

  isHighRisk(tutor: string, asOf: Time): boolean {
    return [7, 30, 90].some((days) => {
      const { total, moved } = this.count(tutor, asOf - days * DAY, asOf);
      return 10_000 * moved > Math.round(100 * this.threshold) * total;
    });
  }

  #ownerOf(email: string | null, not: string): boolean {
    const owner = [...this.tutors].find(([, tutor]) => tutor.email?.toLowerCase() === email?.toLowerCase());
    return email !== null && owner !== undefined && owner[0] !== not;
  }
}

export function rate({ total, moved }: Counts): number {
  return total === 0 ? 0 : Math.round((10_000 * moved) / total) / 100;
}

/** When a session was to take place: before it was moved. */
export function scheduled({ reported, move }: ModelSession): Time {
  return move?.value?.original ?? reported;
}

/** When the move was asked for; `null` = unknown. */
export function cancelled(session: ModelSession): Time | null {
  const move = session.move?.value;
  if (move == null) return null;
  if (move.cancelled !== undefined) return move.cancelled;
  return session.heard !== null && session.heard < move.original ? session.heard : null;
}

function firstState(event: Event, version: Time, received: Time): ModelSession {
  const session = { ...partOf(event), version, move: moveOf(event, version), heard: heardIn(null, event, version) };
  const end = session.completed ?? scheduled({ ...session, hasReports: false });
  return { ...session, hasReports: received <= end + 48 * HOUR };
}

function nextState(before: ModelSession, event: Event, version: Time): ModelSession {
  const part = version > before.version ? { ...partOf(event), version } : {};
  const isMoveNewer = event.move !== undefined && version > (before.move?.version ?? Number.NEGATIVE_INFINITY);
  const move = isMoveNewer ? moveOf(event, version) : before.move;
  return { ...before, ...part, move, heard: heardIn(before.heard, event, version) };
}

function partOf({ tutor_id: tutor, student, scheduled: reported, completed, status, duration }: Event) {
  return { tutor, student, reported, completed, status, duration };
}

function moveOf({ move }: Event, version: Time): ModelSession['move'] {
  return move === undefined ? undefined : { version, value: move };
}

function heardIn(heard: Time | null, { move }: Event, version: Time): Time | null {
  if (move == null || move.cancelled !== undefined) return heard;
  return Math.min(heard ?? version, version);
}

/** All of a session that anybody can see. */
function visible(session: ModelSession): string {
  const { version: _, heard: __, move, hasReports: ___, ...part } = session;
  return JSON.stringify([part, move?.value ?? null, scheduled(session), cancelled(session)]);
}

/** The rules that need what is known already. */
function isAllowed(after: ModelSession, before: ModelSession | undefined, event: Event, version: Time): boolean {
  const move = after.move?.value ?? null;
  if (after.status === 'rescheduled' && move === null) return false;
  if (after.completed !== null && after.completed < scheduled(after)) return false;
  const isNewer = before === undefined || version > before.version;
  const needsMove = isNewer && event.move === undefined && move !== null;
  return !needsMove || [move.original, move.newTime].includes(event.scheduled);
}

function saysWhatIsKnown(event: Event, known: ModelSession): boolean {
  const { tutor, student, reported, completed, status, duration } = known;
  const isPart =
    JSON.stringify(partOf(event)) === JSON.stringify({ tutor, student, reported, completed, status, duration });
  const isMove = event.move === undefined || JSON.stringify(event.move) === JSON.stringify(known.move?.value ?? null);
  return isPart && isMove;
}

/** `undefined` = nobody knows this tutor. */
function tutorAfterEvent(tutor: ModelTutor | undefined, { tutor: said }: Event, version: Time): ModelTutor | undefined {
  if (said === undefined) return tutor;
  const email = said.email ?? null;
  const emailVersion = said.email === undefined ? null : version;
  if (tutor === undefined) return { name: said.name, nameVersion: version, email, emailVersion, isActive: true };
  const isNameNewer = version > tutor.nameVersion;
  const isEmailNewer = said.email !== undefined && version > (tutor.emailVersion ?? Number.NEGATIVE_INFINITY);
  return {
    ...tutor,
    ...(isNameNewer ? { name: said.name, nameVersion: version } : {}),
    ...(isEmailNewer ? { email, emailVersion } : {}),
  };
}
