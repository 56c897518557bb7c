import type { Role, User } from '../contract/access.ts';
import type { Db, Tx } from '../database/connection.ts';

/** All users by address, with the time of their last sign-in where a session still tells, and the end of a first password. */
export async function listUsers(db: Db) {
  return db
    .selectFrom('users')
    .select((builder) => [
      'id',
      'email',
      'name',
      'role',
      'disabled_at',
      builder
        .selectFrom('user_sessions')
        .whereRef('user_id', '=', 'users.id')
        .select(({ fn }) => fn.max('created_at').as('at'))
        .as('last_sign_in'),
      builder
        .selectFrom('user_credentials')
        .whereRef('user_id', '=', 'users.id')
        .select('ends_at')
        .as('password_ends_at'),
    ])
    .orderBy('email')
    .execute();
}

export async function hasUsers(db: Db): Promise<boolean> {
  return (await db.selectFrom('users').select('id').limit(1).executeTakeFirst()) !== undefined;
}

/** A user as the database knows them, with their hashed password. */
export type StoredUser = User & StoredPassword & { disabled_at: Date | null };
type StoredPassword = {
  /** The hash. */
  password: string;
  /** When a first password runs out; `null` for one that its user chose. */
  ends_at: Date | null;
};

/** The user of an address, whatever its case; `null` when there is none. */
export async function findUser(db: Db, email: string): Promise<StoredUser | null> {
  const user = await db
    .selectFrom('users')
    .innerJoin('user_credentials', 'user_credentials.user_id', 'users.id')
    .where('email', '=', email.toLowerCase())
    .select(['users.id', 'email', 'name', 'role', 'disabled_at', 'password', 'ends_at'])
    .executeTakeFirst();
  return user ?? null;
}

type NewUser = { email: string; name: string; role: Role };

/** Returns the id of the user that was made; `null` if the address is taken. */
export async function insertUser(
  tx: Tx,
  { email, name, role }: NewUser,
  password: StoredPassword,
): Promise<string | null> {
  const user = await tx
    .insertInto('users')
    .values({ email: email.toLowerCase(), name, role })
    .onConflict((conflict) => conflict.column('email').doNothing())
    .returning('id')
    .executeTakeFirst();
  if (user === undefined) return null;
  await tx
    .insertInto('user_credentials')
    .values({ user_id: user.id, account_id: user.id, provider_id: 'credential', ...password })
    .execute();
  return user.id;
}

/** Locks the enabled admins, so that of two who disable each other at once the second sees what the first did. */
export async function lockEnabledAdmins(tx: Tx): Promise<string[]> {
  const admins = await tx
    .selectFrom('users')
    .select('id')
    .where('role', '=', 'admin')
    .where('disabled_at', 'is', null)
    .orderBy('id')
    .forUpdate()
    .execute();
  return admins.map(({ id }) => id);
}

export async function setDisabled(tx: Tx, id: string, disabled_at: Date | null): Promise<void> {
  await tx.updateTable('users').set({ disabled_at, updated_at: new Date() }).where('id', '=', id).execute();
}

/** Returns whether it was changed: not where another one stands there than `old`. */
export async function updatePassword(
  tx: Tx,
  userId: string,
  password: StoredPassword,
  old: string | undefined,
): Promise<boolean> {
  const stored = tx
    .updateTable('user_credentials')
    .set({ ...password, updated_at: new Date() })
    .where('user_id', '=', userId);
  const { numUpdatedRows } = await (old === undefined ? stored : stored.where('password', '=', old)).executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** When the first password of a user runs out; `null` for one that they chose. */
export async function passwordEndOf(db: Db, userId: string): Promise<Date | null> {
  const credential = db.selectFrom('user_credentials').select('ends_at').where('user_id', '=', userId);
  return (await credential.executeTakeFirst())?.ends_at ?? null;
}

/** What is stored of a user's password; waits for whoever is just changing it. */
export async function standingPassword(db: Db, userId: string): Promise<string | undefined> {
  const credential = db.selectFrom('user_credentials').select('password').where('user_id', '=', userId).forShare();
  return (await credential.executeTakeFirst())?.password;
}

/** Puts another hash of the same password in the place of one that nobody has replaced meanwhile. */
export async function replaceHash(
  db: Db,
  userId: string,
  { old, fresh }: { old: string; fresh: string },
): Promise<void> {
  await db
    .updateTable('user_credentials')
    .set({ password: fresh, updated_at: new Date() })
    .where('user_id', '=', userId)
    .where('password', '=', old)
    .execute();
}

/** Whether any password is still stored as better-auth hashes it, and not as a PHC string. */
export async function hasScryptPasswords(db: Db): Promise<boolean> {
  const credential = db.selectFrom('user_credentials').select('id').where('password', 'not like', '$%').limit(1);
  return (await credential.executeTakeFirst()) !== undefined;
}

/** So long a session lasts at most, however much it is used: then the password is asked for again. */
const LONGEST_SESSION_MS = 30 * 24 * 60 * 60 * 1000;

/** What began before is over. */
export function endedIfBegunBefore(now: Date): Date {
  return new Date(now.getTime() - LONGEST_SESSION_MS);
}

/** Whether a session has neither been ended nor run out, and its user may still sign in. */
export async function isSessionOpen(db: Db, id: string, now: Date): Promise<boolean> {
  const session = await db
    .selectFrom('user_sessions')
    .innerJoin('users', 'users.id', 'user_sessions.user_id')
    .where('user_sessions.id', '=', id)
    .where('expires_at', '>', now)
    .where('user_sessions.created_at', '>', endedIfBegunBefore(now))
    .where('disabled_at', 'is', null)
    .select('user_sessions.id')
    .executeTakeFirst();
  return session !== undefined;
}

/** The open sessions of a user, the newest first. `updated_at` is moved on by use, once a day at most. */
export async function listSessions(db: Db, userId: string, now: Date) {
  return db
    .selectFrom('user_sessions')
    .where('user_id', '=', userId)
    .where('expires_at', '>', now)
    .where('created_at', '>', endedIfBegunBefore(now))
    .select(['id', 'created_at', 'updated_at', 'user_agent'])
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .execute();
}

/** Ends one session of a user, or all but one; returns how many. */
export async function deleteSomeSessions(
  tx: Tx,
  userId: string,
  which: { only: string } | { allBut: string },
): Promise<number> {
  const of = tx.deleteFrom('user_sessions').where('user_id', '=', userId);
  const some = 'only' in which ? of.where('id', '=', which.only) : of.where('id', '!=', which.allBut);
  return Number((await some.executeTakeFirst()).numDeletedRows);
}

/** Returns whether it was there. */
export async function deleteSession(db: Db, id: string): Promise<boolean> {
  const { numDeletedRows } = await db.deleteFrom('user_sessions').where('id', '=', id).executeTakeFirst();
  return numDeletedRows > 0n;
}

/** Ends all sessions of a user. */
export async function deleteSessions(db: Db, userId: string): Promise<void> {
  await db.deleteFrom('user_sessions').where('user_id', '=', userId).execute();
}

/** Sessions that ran out and were never looked at again. */
export async function deleteExpiredSessions(db: Db, now: Date): Promise<void> {
  await db
    .deleteFrom('user_sessions')
    .where((is) => is.or([is('expires_at', '<', now), is('created_at', '<', endedIfBegunBefore(now))]))
    .execute();
}
