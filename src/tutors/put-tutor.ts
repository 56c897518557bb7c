import type { z } from 'zod';
import { instantOf } from '../contract/instant.ts';
import type { tutorBody } from '../contract/tutors.ts';
import type { Clock } from '../database/clock.ts';
import type { Db } from '../database/connection.ts';
import { brokenConstraint } from '../database/failures.ts';
import { AppError } from '../errors.ts';
import { insertTutors, lockTutors, setActive, updateTutors } from './write-queries.ts';

/**
 * Creates or updates a tutor of the roster, as of now: older events about it change nothing any more.
 *
 * @throws AppError `conflict` when the email belongs to another tutor
 */
export async function putTutor(db: Db, clock: Clock, id: string, body: z.output<typeof tutorBody>) {
  try {
    return await db.transaction().execute(async (tx) => {
      const now = instantOf(await clock(tx));
      const before = (await lockTutors(tx, [id])).get(id);
      const email = body.email === undefined ? (before?.email ?? null) : body.email;
      const email_occurred_at = body.email === undefined ? (before?.email_occurred_at ?? null) : now;
      const tutor = { id, name: body.name, occurred_at: now, email, email_occurred_at };
      // Somebody else may create it between our look and our insert; then the update writes over theirs.
      const isNew = before === undefined && (await insertTutors(tx, [tutor])) === 1;
      if (!isNew) await updateTutors(tx, [tutor]);
      const is_active = await setActive(tx, id, body.is_active);
      return { tutor: { id, name: body.name, email, is_active }, outcome: isNew ? 'created' : 'updated' } as const;
    });
  } catch (error) {
    if (brokenConstraint(error) !== 'tutors_email_unique') throw error;
    throw new AppError('conflict', 'The email belongs to another tutor.', { email: 'belongs to another tutor' });
  }
}
