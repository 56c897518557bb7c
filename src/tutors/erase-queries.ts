import { sql } from 'kysely';
import type { Db, Tx } from '../database/connection.ts';

export type KnownTutor = { id: string; name: string; email: string | null };

export async function findTutor(db: Db, id: string): Promise<KnownTutor | null> {
  const tutor = await db.selectFrom('tutors').select(['id', 'name', 'email']).where('id', '=', id).executeTakeFirst();
  return tutor ?? null;
}

/**
 * Locks a tutor so that nobody adds a session, score or flag of it. The score comes first, as it does where scores are
 * counted: two who lock in another order would wait for each other.
 */
export async function lockTutor(tx: Tx, id: string): Promise<void> {
  await sql`select from tutor_scores where tutor_id = ${id} for update`.execute(tx);
  await sql`select from tutors where id = ${id} for update`.execute(tx);
}

/** Which of these ids belonged to tutors who were erased. */
export async function erasedAmong(db: Db, ids: readonly string[]): Promise<Set<string>> {
  const { rows } = await sql<{ tutor_id: string }>`
    select tutor_id from erased_tutors where tutor_id = any(${ids}::uuid[])
  `.execute(db);
  return new Set(rows.map(({ tutor_id }) => tutor_id));
}

/** Keeps the bare id of a tutor who is erased. */
export async function rememberErased(tx: Tx, id: string): Promise<void> {
  await sql`insert into erased_tutors (tutor_id) values (${id}) on conflict do nothing`.execute(tx);
}

/** Lets a tutor who was erased be stored again; returns whether there was one. */
export async function letBack(db: Db, id: string): Promise<boolean> {
  const { numAffectedRows } = await sql`delete from erased_tutors where tutor_id = ${id}`.execute(db);
  return numAffectedRows === 1n;
}

/** Deletes a tutor with score, flags and place on the work list. Nothing else may be left of it. */
export async function deleteTutor(tx: Tx, id: string) {
  const flags = await sql`delete from risk_flags where tutor_id = ${id}`.execute(tx);
  const scores = await sql`delete from tutor_scores where tutor_id = ${id}`.execute(tx);
  const marks = await sql`delete from tutors_to_rescore where tutor_id = ${id}`.execute(tx);
  const tutors = await sql`delete from tutors where id = ${id}`.execute(tx);
  return {
    risk_flags: Number(flags.numAffectedRows),
    tutor_scores: Number(scores.numAffectedRows),
    tutors_to_rescore: Number(marks.numAffectedRows),
    tutors: Number(tutors.numAffectedRows),
  };
}

/** Deletes flags that closed before an instant; returns how many. */
export async function deleteFlagsBefore(db: Db, before: Date): Promise<number> {
  const { numAffectedRows } = await sql`delete from risk_flags where closed_at < ${before}`.execute(db);
  return Number(numAffectedRows);
}
