import { type RawBuilder, sql } from 'kysely';
import type { Instant } from '../contract/instant.ts';
import type { Db, Tx } from '../database/connection.ts';
import { asInstant } from '../database/statements/instant.ts';
import { PREPARED } from '../database/statements/prepared.ts';
import { unnest } from '../database/statements/rows.ts';
import type { TutorState } from './fold-tutor.ts';

export type TutorRow = TutorState & { id: string };

/** The states of the tutors with these ids, locked in id order until the transaction ends. */
export function lockTutors(tx: Tx, ids: readonly string[]): Promise<Map<string, TutorState>> {
  // `no key update` lets others insert sessions of the tutor meanwhile: their foreign keys only share the key.
  return tutorStates(tx, ids, sql`for no key update`);
}

/** As `lockTutors`, without the lock: for events that say nothing of their tutor. */
export function readTutors(db: Db, ids: readonly string[]): Promise<Map<string, TutorState>> {
  return tutorStates(db, ids, sql``);
}

async function tutorStates(tx: Db, ids: readonly string[], lock: RawBuilder<unknown>) {
  const { rows } = await sql<TutorRow>`
    ${PREPARED}
    select id, name, email,
           ${asInstant('occurred_at')}       as occurred_at,
           ${asInstant('email_occurred_at')} as email_occurred_at
      from tutors
     where id = any(${ids}::uuid[])
     order by id ${lock}
  `.execute(tx);
  return new Map(rows.map(({ id, ...state }): [string, TutorState] => [id, state]));
}

/** Whose these addresses are, by address in lower case. */
export async function ownersOfEmails(tx: Db, emails: readonly string[]): Promise<Map<string, string>> {
  const lower = emails.map((email) => email.toLowerCase());
  const { rows } = await sql<{ id: string; email: string }>`
    select id, lower(email) as email from tutors where lower(email) = any(${lower}::text[])
  `.execute(tx);
  return new Map(rows.map(({ id, email }) => [email, id]));
}

/** Writes new tutors, each with an empty score; returns how many: fewer than given when somebody was first. */
export async function insertTutors(tx: Tx, tutors: readonly TutorRow[]): Promise<number> {
  const rows = tutors.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const { numAffectedRows } = await sql`
    insert into tutors (id, name, email, occurred_at, email_occurred_at)
    select * from ${unnest(rows, TUTOR_COLUMNS)}
    on conflict (id) do nothing
  `.execute(tx);
  await insertMissingScores(
    tx,
    rows.map(({ id }) => id),
  );
  return Number(numAffectedRows);
}

export async function updateTutors(tx: Tx, tutors: readonly TutorRow[]): Promise<void> {
  await sql`
    update tutors t
       set name = n.name, email = n.email, occurred_at = n.occurred_at, email_occurred_at = n.email_occurred_at,
           updated_at = now()
      from ${unnest(tutors, TUTOR_COLUMNS)} as n (${sql.raw(Object.keys(TUTOR_COLUMNS).join(', '))})
     where t.id = n.id
  `.execute(tx);
}

/**
 * Gives every one of these tutors a score row, so that it is listed, and can be locked, before its first session. The
 * share of the settings' row makes a change of the threshold wait for us, or us for it: no row keeps the old one.
 */
export async function insertMissingScores(tx: Tx, tutorIds: readonly string[]): Promise<void> {
  await sql`
    insert into tutor_scores (tutor_id, risk_threshold)
    select t.id, (select risk_threshold from settings for share)
      from tutors t
     where t.id = any(${tutorIds}::uuid[])
       and not exists (select from tutor_scores s where s.tutor_id = t.id)
     order by t.id
    on conflict (tutor_id) do nothing
  `.execute(tx);
}

const TUTOR_COLUMNS = {
  id: 'uuid',
  name: 'text',
  email: 'text',
  occurred_at: 'timestamptz',
  email_occurred_at: 'timestamptz',
} as const;

/** Sets whether a tutor is active, or leaves it; returns what holds now. */
export async function setActive(tx: Tx, id: string, isActive: boolean | undefined): Promise<boolean> {
  const { is_active } = await tx
    .updateTable('tutors')
    .set((eb) => ({ is_active: isActive ?? eb.ref('is_active') }))
    .where('id', '=', id)
    .returning('is_active')
    .executeTakeFirstOrThrow();
  return is_active;
}

export type RosterRow = TutorRow & { is_active: boolean; created_at: Instant };

/** Stores a whole roster of new tutors; those that are there already stay as they are. */
export async function insertRoster(db: Db, tutors: readonly RosterRow[]): Promise<void> {
  const columns = { ...TUTOR_COLUMNS, is_active: 'boolean', created_at: 'timestamptz' } as const;
  await db.transaction().execute(async (tx) => {
    await sql`
      insert into tutors (id, name, email, occurred_at, email_occurred_at, is_active, created_at)
      select * from ${unnest(tutors, columns)}
      on conflict (id) do nothing
    `.execute(tx);
    await insertMissingScores(
      tx,
      tutors.map(({ id }) => id),
    );
  });
}
