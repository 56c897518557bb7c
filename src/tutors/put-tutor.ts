import type { z } from 'zod';
import type { Actor } from '../audit/actor.ts';
import { record } from '../audit/record-queries.ts';
import { addMicroseconds, type Instant, instantOf } from '../contract/instant.ts';
import type { tutorBody } from '../contract/tutors.ts';
import { announce } from '../database/announce.ts';
import type { Clock } from '../database/clock.ts';
import type { Db } from '../database/connection.ts';
import { brokenConstraint } from '../database/statements/failures.ts';
import { AppError } from '../errors.ts';
import { erasedAmong } from './erase-queries.ts';
import type { TutorState } from './fold-tutor.ts';
import { insertTutors, lockTutors, setActive, updateTutors } from './write-queries.ts';

/**
 * Creates or updates a tutor of the roster, as of now: older events about it change nothing any more.
 *
 * @throws AppError `conflict` when the email belongs to another tutor, or the tutor was erased
 */
export async function putTutor(db: Db, clock: Clock, id: string, body: z.output<typeof tutorBody>, actor: Actor) {
  /** As of now, or just after what is stored, should that be later: a version only grows. */
  const after = (stored: TutorState | undefined, now: Instant) => {
    const occurred_at = versionAfter(stored?.occurred_at, now);
    const hasEmail = body.email !== undefined;
    return {
      id,
      name: body.name,
      occurred_at,
      email: hasEmail ? (body.email ?? null) : (stored?.email ?? null),
      email_occurred_at: hasEmail ? versionAfter(stored?.email_occurred_at, now) : (stored?.email_occurred_at ?? null),
    };
  };
  try {
    return await db.transaction().execute(async (tx) => {
      const now = instantOf(await clock(tx));
      const stored = (await lockTutors(tx, [id])).get(id);
      if (stored === undefined && (await erasedAmong(tx, [id])).has(id)) {
        throw new AppError('conflict', 'The tutor was erased.', { id: 'was erased' });
      }
      // Somebody else may create it between our look and our insert: then theirs is what is updated.
      const isNew = stored === undefined && (await insertTutors(tx, [after(undefined, now)])) === 1;
      if (!isNew) await updateTutors(tx, [after(stored ?? (await lockTutors(tx, [id])).get(id), now)]);
      const is_active = await setActive(tx, id, body.is_active);
      const email = (await lockTutors(tx, [id])).get(id)?.email ?? null;
      const outcome = isNew ? 'created' : 'updated';
      const details = { outcome, fields: Object.keys(body).filter((field) => Reflect.get(body, field) !== undefined) };
      await record(tx, actor, { action: 'changed', subject: 'tutor', subjectId: id, details });
      await announce(tx, { scores: 1 });
      return { tutor: { id, name: body.name, email, is_active }, outcome } as const;
    });
  } catch (error) {
    if (brokenConstraint(error) !== 'tutors_email_unique') throw error;
    throw new AppError('conflict', 'The email belongs to another tutor.', { email: 'belongs to another tutor' });
  }
}

function versionAfter(stored: Instant | null | undefined, now: Instant): Instant {
  return stored == null || now > stored ? now : addMicroseconds(stored, 1);
}
