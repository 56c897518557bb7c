import type { IngestOutcome } from '../contract/sessions.ts';
import type { Db, Tx } from '../database/connection.ts';
import { brokenConstraint, failureOf } from '../database/statements/failures.ts';
import { AppError, type ErrorDetails } from '../errors.ts';
import { erasedAmong } from '../tutors/erase-queries.ts';
import { markForRescoring } from '../tutors/work-list-queries.ts';
import { insertTutors, lockTutors, ownersOfEmails, readTutors, updateTutors } from '../tutors/write-queries.ts';
import { type FoldedGroup, foldGroup, type StoredGroup } from './fold-group.ts';
import {
  insertSessions,
  lockSessions,
  readTutorsUnlessStored,
  updateSessions,
  writeReschedules,
} from './ingest-queries.ts';
import type { SessionEvent } from './session-event.ts';

export type IngestResult =
  | { outcome: IngestOutcome; details?: never; bug?: never }
  /** The event breaks a rule; nothing of it is stored. */
  | { details: ErrorDetails; outcome?: never; bug?: never }
  /** The database refused it for a reason that no rule of ours names. */
  | { bug: unknown; outcome?: never; details?: never };

const MAX_TRIES = 10;
const MAX_WAITS = 3;

/**
 * The one way in: takes N events, in the order in which they arrived, in one transaction, and says what became of
 * each. A single POST, a batch, an import and the generator all end here.
 *
 * @throws AppError `unavailable` when the database is gone; then nothing is known of any event, and repeating is safe.
 */
export async function ingestSessions(db: Db, events: readonly SessionEvent[]): Promise<IngestResult[]> {
  if (events.length === 0) return [];
  for (let tries = 1; ; tries += 1) {
    try {
      return (await insertAtOnce(db, events)) ?? (await db.transaction().execute((tx) => ingestGroup(tx, events)));
    } catch (error) {
      const failure = isSomebodyFirst(error) ? 'try_again' : failureOf(error);
      // Somebody holds a row for long: only the events that need it are to wait.
      const isAgain = failure === 'try_again' || (failure === 'busy' && events.length === 1);
      if (isAgain && tries < (failure === 'busy' ? MAX_WAITS : MAX_TRIES)) continue;
      if (failure === 'gone')
        throw new AppError('unavailable', 'The database cannot be reached. Send it again.', {}, error);
      const [only, ...others] = events;
      if (only !== undefined && others.length === 0) return [resultOf(error)];
      return bisect(db, events);
    }
  }
}

/**
 * As `ingestSessions`, for who has group after group: comes back as soon as the next one may begin, and `results` when
 * this one is stored. What is still being written then are new sessions of tutors who stay as they are, so nothing that the
 * next group rests on, unless it names one of these sessions: to see to that is the caller's.
 */
export async function beginIngest(
  db: Db,
  events: readonly SessionEvent[],
): Promise<{ results: Promise<IngestResult[]> }> {
  const folded = await lookAtOnce(db, events).catch(() => null);
  // What failed is tried again in the way that knows what to do about it.
  if (folded === null) return { results: Promise.resolve(await ingestSessions(db, events)) };
  return { results: writeAtOnce(db, folded).catch(() => ingestSessions(db, events)) };
}

/** One event that the database refuses must not fail its neighbours: halves are tried until it stands alone. */
async function bisect(db: Db, events: readonly SessionEvent[]): Promise<IngestResult[]> {
  const middle = Math.ceil(events.length / 2);
  const first = await ingestSessions(db, events.slice(0, middle));
  return [...first, ...(await ingestSessions(db, events.slice(middle)))];
}

/**
 * The short way for what most groups are, new sessions of known tutors: one look and one statement that is its own
 * transaction. It needs no lock, since a session that somebody else stores meanwhile breaks the primary key, and the
 * version of a tutor only grows. Returns `null` when the group needs the long way.
 */
async function insertAtOnce(db: Db, events: readonly SessionEvent[]): Promise<IngestResult[] | null> {
  const folded = await lookAtOnce(db, events);
  return folded === null ? null : writeAtOnce(db, folded);
}

async function lookAtOnce(db: Db, events: readonly SessionEvent[]): Promise<FoldedGroup | null> {
  const { tutorIds, sessionIds, emails } = namesIn(events);
  const tutors = await readTutorsUnlessStored(db, tutorIds, sessionIds);
  if (tutors === null) return null;
  const emailOwners = emails.length === 0 ? new Map<string, string>() : await ownersOfEmails(db, emails);
  const erasedTutors = await erasedOf(db, tutorIds, tutors);
  const folded = foldGroup({ tutors, emailOwners, erasedTutors, sessions: new Map() }, events);
  return folded.tutors.length > 0 ? null : folded;
}

async function writeAtOnce(db: Db, { sessions, tutorsToRescore, results }: FoldedGroup): Promise<IngestResult[]> {
  if (sessions.length > 0) await insertSessions(db, sessions, tutorsToRescore);
  return results;
}

async function ingestGroup(tx: Tx, events: readonly SessionEvent[]): Promise<IngestResult[]> {
  // Every transaction locks tutors before sessions and each in id order: no two can wait for each other.
  const { results, sessions, tutors, tutorsToRescore } = foldGroup(await lockGroup(tx, events), events);

  const newTutors = tutors.filter(({ isNew }) => isNew).map(({ id, state }) => ({ id, ...state }));
  const changedTutors = tutors.filter(({ isNew }) => !isNew).map(({ id, state }) => ({ id, ...state }));
  if (newTutors.length > 0 && (await insertTutors(tx, newTutors)) < newTutors.length) throw new SomebodyWasFirst();
  if (changedTutors.length > 0) await updateTutors(tx, changedTutors);

  const changedSessions = sessions.filter(({ isNew }) => !isNew);
  if (changedSessions.length > 0) {
    await updateSessions(tx, changedSessions);
    await writeReschedules(tx, changedSessions);
  }
  const newSessions = sessions.filter(({ isNew }) => isNew);
  if (newSessions.length > 0) await insertSessions(tx, newSessions, tutorsToRescore);
  else if (tutorsToRescore.length > 0) await markForRescoring(tutorsToRescore).execute(tx);
  return results;
}

async function lockGroup(tx: Tx, events: readonly SessionEvent[]): Promise<StoredGroup> {
  const { tutorIds, sessionIds, namedIds, emails } = namesIn(events);
  const others = tutorIds.filter((id) => !namedIds.has(id));
  const named = namedIds.size === 0 ? [] : await lockTutors(tx, [...namedIds]);
  const unnamed = others.length === 0 ? [] : await readTutors(tx, others);
  const tutors = new Map([...named, ...unnamed]);
  return {
    tutors,
    erasedTutors: await erasedOf(tx, tutorIds, tutors),
    emailOwners: emails.length === 0 ? new Map() : await ownersOfEmails(tx, emails),
    sessions: await lockSessions(tx, sessionIds),
  };
}

/** Asked of those alone who are not stored: of nobody, mostly. To be read after them. */
async function erasedOf(db: Db, tutorIds: readonly string[], stored: ReadonlyMap<string, unknown>) {
  const unknown = tutorIds.filter((id) => !stored.has(id));
  return unknown.length === 0 ? new Set<string>() : erasedAmong(db, unknown);
}

function namesIn(events: readonly SessionEvent[]) {
  return {
    tutorIds: [...new Set(events.map(({ tutor_id }) => tutor_id))],
    sessionIds: [...new Set(events.map(({ session_id }) => session_id))],
    /** The tutors that an event says something of. */
    namedIds: new Set(events.flatMap(({ tutor_id, tutor }) => (tutor === undefined ? [] : [tutor_id]))),
    emails: events.flatMap(({ tutor }) => tutor?.email ?? []),
  };
}

/** Another transaction stored the same new row between our look and our insert: look again. */
class SomebodyWasFirst extends Error {}

function isSomebodyFirst(error: unknown): boolean {
  return error instanceof SomebodyWasFirst || brokenConstraint(error) === 'sessions_pkey';
}

/** Rules that two transactions can only break together, so that no fold sees it coming. */
const FIELD_OF_CONSTRAINT: Record<string, ErrorDetails> = {
  tutors_email_unique: { 'tutor.email': 'belongs to another tutor' },
  sessions_tutor_id_fkey: { tutor_id: 'is unknown' },
};

function resultOf(error: unknown): IngestResult {
  const details = FIELD_OF_CONSTRAINT[brokenConstraint(error) ?? ''];
  return details === undefined ? { bug: error } : { details };
}
