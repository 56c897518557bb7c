import { type RawBuilder, sql } from 'kysely';
import type { Instant } from '../contract/instant.ts';
import type { Db, Tx } from '../database/connection.ts';
import { asInstant } from '../database/statements/instant.ts';
import { PREPARED } from '../database/statements/prepared.ts';
import { unnest } from '../database/statements/rows.ts';
import type { TutorState } from '../tutors/fold-tutor.ts';
import { markForRescoring } from '../tutors/work-list-queries.ts';
import type { ChangedSession } from './fold-group.ts';
import { cancelledAt, type SessionState, scheduledTime } from './fold-session.ts';

/**
 * The states of the sessions with these ids, locked in id order until the transaction ends. One that is stored while this
 * waits for another is not locked, and so not read: whoever takes it for new is told otherwise by the primary key.
 */
export async function lockSessions(tx: Tx, ids: readonly string[]): Promise<Map<string, SessionState>> {
  const { rows: locked } = await sql<{ id: string }>`
    select id from sessions where id = any(${ids}::uuid[]) order by id for update
  `.execute(tx);
  if (locked.length === 0) return new Map();
  return readSessions(
    tx,
    locked.map(({ id }) => id),
  );
}

/** A statement of its own: one that has waited for a lock sees the locked row anew, but not the reschedule beside it. */
async function readSessions(tx: Tx, ids: readonly string[]): Promise<Map<string, SessionState>> {
  const { rows } = await sql<StoredRow>`
    select s.id, s.tutor_id, s.student_id, s.status, s.duration_minutes,
           ${asInstant('s.reported_time')}          as reported_time,
           ${asInstant('s.completed_time')}         as completed_time,
           ${asInstant('s.occurred_at')}            as occurred_at,
           ${asInstant('s.reschedule_occurred_at')} as reschedule_occurred_at,
           ${asInstant('s.reschedule_heard_at')}    as reschedule_heard_at,
           r.initiator, r.reason, r.reason_code, r.cancelled_at_is_default,
           ${asInstant('r.original_time')}          as original_time,
           ${asInstant('r.new_time')}               as new_time,
           ${asInstant('r.cancelled_at')}           as cancelled_at
      from sessions s
      left join reschedules r on r.session_id = s.id
     where s.id = any(${ids}::uuid[])
  `.execute(tx);
  return new Map(rows.map((row) => [row.id, stateOf(row)]));
}

/**
 * The states of the tutors with these ids, unlocked; `null` when any of these sessions is stored. One look at both, each id
 * looked up by itself: a plan that was made when the tables were empty is right when they have grown.
 */
export async function readTutorsUnlessStored(
  db: Db,
  tutorIds: readonly string[],
  sessionIds: readonly string[],
): Promise<Map<string, TutorState> | null> {
  const { rows } = await sql<TutorBesideSessions>`
    ${PREPARED}
    select s.is_stored, t.id, t.name, t.email,
           ${asInstant('t.occurred_at')}       as occurred_at,
           ${asInstant('t.email_occurred_at')} as email_occurred_at
      from (select exists (select from unnest(${sessionIds}::uuid[]) a (id)
                            where (select true from sessions where id = a.id)) as is_stored) s
      left join (unnest(${tutorIds}::uuid[]) a (id)
                 cross join lateral (select * from tutors where id = a.id limit 1) t) on true
  `.execute(db);
  if (rows.some(({ is_stored }) => is_stored)) return null;
  return new Map(
    rows.flatMap((row): [string, TutorState][] => {
      const { is_stored: _, id, ...state } = row;
      return id === null ? [] : [[id, state]];
    }),
  );
}

/** Without any such tutor there is one row, which names none. */
type TutorBesideSessions = TutorState & { is_stored: boolean; id: string | null };

/**
 * Writes new sessions with their reschedules and puts tutors on the work list, in one statement: that is one trip to
 * the server and, outside a transaction, one commit.
 *
 * @throws the server's `sessions_pkey` violation when another transaction was first with one of them
 */
export async function insertSessions(
  db: Db,
  sessions: readonly ChangedSession[],
  tutorsToRescore: readonly string[],
): Promise<void> {
  const rows = sessions.map(sessionRow).sort((a, b) => (a.id < b.id ? -1 : 1));
  // The marks wait for the sessions: whoever holds a mark no longer waits for anybody.
  const mark = markForRescoring(tutorsToRescore, sql`(select count(*) from new_sessions) > 0`);
  await sql`
    ${PREPARED}
    with new_sessions as (
      insert into sessions (id, tutor_id, student_id, scheduled_time, reported_time, completed_time, status,
                            duration_minutes, occurred_at, reschedule_occurred_at, reschedule_heard_at,
                            reports_decided_at, created_at, updated_at)
      select *, now() from ${unnest(rows, SESSION_COLUMNS)}
      returning id),
    new_reschedules as (${upsertReschedules(sessions)}),
    marks as (${mark})
    select count(*) from new_sessions
  `.execute(db);
}

export async function updateSessions(tx: Tx, sessions: readonly ChangedSession[]): Promise<void> {
  await sql`
    update sessions s
       set tutor_id = n.tutor_id, student_id = n.student_id, scheduled_time = n.scheduled_time,
           reported_time = n.reported_time, completed_time = n.completed_time, status = n.status,
           duration_minutes = n.duration_minutes, occurred_at = n.occurred_at,
           reschedule_occurred_at = n.reschedule_occurred_at, reschedule_heard_at = n.reschedule_heard_at,
           updated_at = now()
      from ${unnest(sessions.map(sessionRow), SESSION_COLUMNS)}
        as n (${sql.raw(Object.keys(SESSION_COLUMNS).join(', '))})
     where s.id = n.id
  `.execute(tx);
}

/** Makes the reschedule of each session what its state says: kept, replaced, or gone. The foreign key waits for the end. */
export async function writeReschedules(tx: Tx, sessions: readonly ChangedSession[]): Promise<void> {
  const gone = sessions.filter(({ state }) => state.reschedule === null).map(({ id }) => id);
  await sql`delete from reschedules where session_id = any(${gone}::uuid[])`.execute(tx);
  await upsertReschedules(sessions).execute(tx);
}

function upsertReschedules(sessions: readonly ChangedSession[]): RawBuilder<unknown> {
  return sql`
    insert into reschedules (session_id, tutor_id, initiator, original_time, new_time, reason, reason_code,
                             cancelled_at, cancelled_at_is_default)
    select * from ${unnest(sessions.flatMap(rescheduleRow), RESCHEDULE_COLUMNS)}
    on conflict (session_id) do update
       set tutor_id = excluded.tutor_id, initiator = excluded.initiator, original_time = excluded.original_time,
           new_time = excluded.new_time, reason = excluded.reason, reason_code = excluded.reason_code,
           cancelled_at = excluded.cancelled_at, cancelled_at_is_default = excluded.cancelled_at_is_default
  `;
}

const SESSION_COLUMNS = {
  id: 'uuid',
  tutor_id: 'uuid',
  student_id: 'text',
  scheduled_time: 'timestamptz',
  reported_time: 'timestamptz',
  completed_time: 'timestamptz',
  status: 'text',
  duration_minutes: 'integer',
  occurred_at: 'timestamptz',
  reschedule_occurred_at: 'timestamptz',
  reschedule_heard_at: 'timestamptz',
  reports_decided_at: 'timestamptz',
  created_at: 'timestamptz',
} as const;

const RESCHEDULE_COLUMNS = {
  session_id: 'uuid',
  tutor_id: 'uuid',
  initiator: 'text',
  original_time: 'timestamptz',
  new_time: 'timestamptz',
  reason: 'text',
  reason_code: 'text',
  cancelled_at: 'timestamptz',
  cancelled_at_is_default: 'boolean',
} as const;

function sessionRow({ id, state, received_at, reports_decided_at }: ChangedSession) {
  const { session, reschedule: _, ...versions } = state;
  return {
    id,
    ...session,
    ...versions,
    scheduled_time: scheduledTime(state),
    reports_decided_at,
    created_at: received_at,
  };
}

function rescheduleRow({ id, state }: ChangedSession) {
  if (state.reschedule === null) return [];
  return {
    session_id: id,
    tutor_id: state.session.tutor_id,
    ...state.reschedule,
    cancelled_at: cancelledAt(state),
    cancelled_at_is_default: state.reschedule.cancelled_at === 'default',
  };
}

type StoredRow = SessionState['session'] & {
  id: string;
  occurred_at: Instant;
  reschedule_occurred_at: Instant | null;
  reschedule_heard_at: Instant | null;
  initiator: 'tutor' | 'student' | null;
  original_time: Instant | null;
  new_time: Instant | null;
  reason: string | null;
  reason_code: string | null;
  cancelled_at: Instant | null;
  cancelled_at_is_default: boolean;
};

/** The keys stand in the order in which `readSessionEvent` writes them: contents are compared as JSON. */
function stateOf(row: StoredRow): SessionState {
  const { tutor_id, student_id, reported_time, completed_time, status, duration_minutes } = row;
  const { initiator, original_time, new_time, reason, reason_code } = row;
  const cancelled_at = row.cancelled_at_is_default ? 'default' : row.cancelled_at;
  const hasReschedule = initiator !== null && original_time !== null;
  return {
    session: { tutor_id, student_id, reported_time, completed_time, status, duration_minutes },
    occurred_at: row.occurred_at,
    reschedule: hasReschedule ? { initiator, original_time, new_time, reason, reason_code, cancelled_at } : null,
    reschedule_occurred_at: row.reschedule_occurred_at,
    reschedule_heard_at: row.reschedule_heard_at,
  };
}
