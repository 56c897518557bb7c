import type { Actor } from '../audit/actor.ts';
import type { Db } from '../database/connection.ts';
import { AppError } from '../errors.ts';
import { deleteSessions, findUser, lockEnabledAdmins, type StoredUser, setDisabled } from './queries.ts';
import { recordUserChange } from './record-user-change.ts';

/** @throws AppError `not_found` */
export async function knownUser(db: Db, email: string): Promise<StoredUser> {
  const user = await findUser(db, email);
  if (user === null) throw new AppError('not_found', `There is no user ${email}.`);
  return user;
}

/**
 * Shuts a user out at once, sessions included.
 *
 * @throws AppError `conflict` for the last admin, whom nobody could let in again
 */
export async function disableUser(db: Db, email: string, now: Date, actor: Actor): Promise<void> {
  const user = await knownUser(db, email);
  await db.transaction().execute(async (tx) => {
    const admins = await lockEnabledAdmins(tx);
    if (admins.length === 1 && admins[0] === user.id) {
      throw new AppError('conflict', `${email} is the last admin: make another one first.`);
    }
    await setDisabled(tx, user.id, now);
    await deleteSessions(tx, user.id);
    await recordUserChange(tx, actor, user.id, { what: 'disabled' });
  });
}

export async function enableUser(db: Db, email: string, actor: Actor): Promise<void> {
  const user = await knownUser(db, email);
  await db.transaction().execute(async (tx) => {
    await setDisabled(tx, user.id, null);
    await recordUserChange(tx, actor, user.id, { what: 'enabled' });
  });
}
