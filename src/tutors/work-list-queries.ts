import { type RawBuilder, sql } from 'kysely';
import type { Db, Tx } from '../database/connection.ts';
import { PREPARED } from '../database/statements/prepared.ts';
import { insertMissingScores } from './write-queries.ts';

/**
 * Puts tutors on the work list, unless `only` is false. To be the last thing before the commit: from here on, other
 * transactions that name one of these tutors wait. The new mark tells a worker that its count may be out of date, and one that was set aside is tried at once.
 */
export function markForRescoring(
  tutorIds: readonly string[],
  only: RawBuilder<unknown> = sql`true`,
): RawBuilder<unknown> {
  return sql`
    insert into tutors_to_rescore (tutor_id)
    select tutor_id from unnest(${tutorIds}::uuid[]) as t (tutor_id) where ${only} order by tutor_id
    on conflict (tutor_id) do update set mark = excluded.mark, retry_at = null
  `;
}

/** A tutor on the work list, and the mark that was seen on it. */
export type Claim = { tutor_id: string; mark: string };

/**
 * Claims the longest waiting tutors by locking their score rows, passing by what another worker holds. The work list
 * itself is not locked: an event that arrives meanwhile leaves a new mark and does not wait for the scoring.
 */
export async function claimTutors(tx: Tx, limit: number, now: Date): Promise<Claim[]> {
  const { rows } = await sql<{ tutor_id: string }>`
    ${PREPARED}
    select s.tutor_id
      from tutors_to_rescore m
      join tutor_scores s on s.tutor_id = m.tutor_id
     where m.retry_at is null or m.retry_at <= ${now}
     order by m.since
     limit ${limit}
       for update of s skip locked
  `.execute(tx);
  return readMarks(
    tx,
    rows.map(({ tutor_id }) => tutor_id),
  );
}

/** As `claimTutors`, of one half of a batch that failed. */
export async function reclaimTutors(tx: Tx, tutorIds: readonly string[]): Promise<Claim[]> {
  const { rows } = await sql<{ tutor_id: string }>`
    select tutor_id from tutor_scores where tutor_id = any(${tutorIds}::uuid[]) for update skip locked
  `.execute(tx);
  return readMarks(
    tx,
    rows.map(({ tutor_id }) => tutor_id),
  );
}

/** Read after the lock, in a statement of its own: another worker may have done the work while we looked. */
async function readMarks(tx: Tx, tutorIds: readonly string[]): Promise<Claim[]> {
  return tx
    .selectFrom('tutors_to_rescore')
    .modifyFront(PREPARED)
    .select(['tutor_id', 'mark'])
    .where('tutor_id', '=', sql<string>`any(${tutorIds}::uuid[])`)
    .execute();
}

/**
 * Takes tutors off the work list. One whose mark is new since the claim stays, and so does one with sessions whose
 * reports are still to be decided. Returns since when each of those who went had waited.
 */
export async function finishClaims(tx: Tx, claims: readonly Claim[]): Promise<Date[]> {
  const ids = claims.map(({ tutor_id }) => tutor_id);
  // In id order, as events mark them: a delete locks in the order of its plan, and the two would wait for each other.
  await sql`
    ${PREPARED} select from tutors_to_rescore where tutor_id = any(${ids}::uuid[]) order by tutor_id for update
  `.execute(tx);
  const { rows } = await sql<{ since: Date }>`
    ${PREPARED}
    delete from tutors_to_rescore m
     using unnest(${ids}::uuid[], ${claims.map(({ mark }) => mark)}::uuid[])
        as c (tutor_id, mark)
     where m.tutor_id = c.tutor_id and m.mark = c.mark
       and not exists (select from sessions s where s.tutor_id = m.tutor_id and s.reports_decided_at is null)
    returning m.since
  `.execute(tx);
  return rows.map(({ since }) => since);
}

/** Leaves a tutor whose work failed on the list, to be tried again later: after 1, 2, 4 … minutes, at most an hour. */
export async function setAside(db: Db, tutorId: string, error: string): Promise<void> {
  await sql`
    update tutors_to_rescore
       set attempts = attempts + 1, error = ${error.slice(0, 2000)},
           retry_at = clock_timestamp() + least(interval '1 minute' * power(2, least(attempts, 6)), interval '1 hour')
     where tutor_id = ${tutorId}
  `.execute(db);
}

/** Puts back on the list whatever has work waiting and stands on no list, and gives it the row it is claimed by. */
export async function findLostWork(db: Db): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await sql`
      insert into tutors_to_rescore (tutor_id)
      select distinct tutor_id from sessions where reports_decided_at is null order by tutor_id
      on conflict (tutor_id) do nothing
    `.execute(tx);
    const { rows } = await sql<{ tutor_id: string }>`
      select m.tutor_id
        from tutors_to_rescore m
       where not exists (select from tutor_scores s where s.tutor_id = m.tutor_id)
    `.execute(tx);
    await insertMissingScores(
      tx,
      rows.map(({ tutor_id }) => tutor_id),
    );
  });
}
