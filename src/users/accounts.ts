import type { Actor } from '../audit/actor.ts';
import { record } from '../audit/record-queries.ts';
import { FIRST_PASSWORD_HOURS, type OwnSessions, type Role, type User } from '../contract/access.ts';
import type { Db } from '../database/connection.ts';
import { AppError } from '../errors.ts';
import { expectHardToGuess } from './guessable-password.ts';
import { DECOYS, isOutdated, isScrypt } from './password-hash.ts';
import {
  deleteExpiredSessions,
  deleteSession,
  deleteSessions,
  deleteSomeSessions,
  endedIfBegunBefore,
  findUser,
  hasScryptPasswords,
  insertUser,
  isSessionOpen,
  listSessions,
  passwordEndOf,
  replaceHash,
  type StoredUser,
  standingPassword,
  updatePassword,
} from './queries.ts';
import { recordUserChange } from './record-user-change.ts';
import { type CookieOptions, openSessions } from './session-cookie.ts';

export type SignedIn = {
  user: User;
  sessionId: string;
  /** To be set on the answer: a session that is in use lives on. */
  cookies: string[];
};

/**
 * Passwords, sessions and their cookie. What `actor` changes is noted in the audit log with the change. A new password
 * that is easy to guess is refused (`invalid`).
 */
export type Accounts = {
  /**
   * `null` for a wrong password, an unknown address and a disabled user alike, after the same work; `'ran_out'` for a
   * first password that is right and too old.
   */
  signIn(email: string, password: string, userAgent: string | undefined): Promise<SignedIn | 'ran_out' | null>;
  /** Who a cookie header stands for; `null` when nobody, no longer, or when the user was disabled. */
  whoHas(cookie: string): Promise<SignedIn | null>;
  /** Whether a session goes on, for who watches for long. Does not make it last longer, as a new cookie would be needed. */
  isOpen(sessionId: string): Promise<boolean>;
  /** Whether somebody could sign in with these, or could have with a first password that is too old now. */
  tryPassword(email: string, password: string): Promise<'right' | 'ran_out' | 'wrong'>;
  /** When the first password of a user runs out; `null` for one that they chose. */
  passwordEndOf(userId: string): Promise<Date | null>;
  /** Ends the session that a cookie header stands for; returns the cookies that take it out of the browser. */
  signOut(signedIn: SignedIn, cookie: string, actor: Actor): Promise<string[]>;
  endSessions(userId: string, actor: Actor): Promise<void>;
  /** Where a user is signed in, the newest session first. */
  ownSessions(signedIn: SignedIn): Promise<OwnSessions>;
  /** Ends a session of the same user, or for `null` all but this one; returns how many. `null` when the password is wrong. */
  endOwnSessions(
    signedIn: SignedIn,
    end: { id: string | null; password: string },
    actor: Actor,
  ): Promise<number | null>;
  /**
   * `null` when the current password is wrong; else all sessions of the user are ended, with every copy of their cookies,
   * and a new one begins.
   */
  changePassword(user: User, change: PasswordChange, actor: Actor): Promise<SignedIn | null>;
  /** As an admin does it: no old password is asked for, all sessions are ended, and it is a first password. */
  resetPassword(user: Omit<User, 'role'>, password: string, actor: Actor): Promise<void>;
  /** Returns whether the user was made, with a first password: not if the address is taken. */
  addUser(user: Omit<User, 'id'>, password: string, actor: Actor): Promise<boolean>;
};

type PasswordChange = { current: string; next: string; userAgent: string | undefined };

/** Opens the accounts of a database. */
export async function openAccounts(db: Db, options: CookieOptions): Promise<Accounts> {
  const sessions = openSessions(db, options);
  const { password: passwords } = await sessions.$context;
  // Whoever asks for a user that does not exist waits as long as for one who does.
  const isRight = async (hash: string | undefined, password: string) => {
    const compared = hash ?? DECOYS.argon2;
    const matches = await passwords.verify({ hash: compared, password });
    // While some are of scrypt, each try costs both: else its time would tell whose are.
    const other = isScrypt(compared) ? DECOYS.argon2 : DECOYS.scrypt;
    if (await hasScryptPasswords(db)) await passwords.verify({ hash: other, password });
    return hash !== undefined && matches;
  };
  const whoMayEnter = async (email: string, password: string): Promise<StoredUser | 'ran_out' | null> => {
    const stored = await findUser(db, email);
    const mayEnter = await isRight(stored?.password, password);
    if (!mayEnter || stored === null || stored.disabled_at !== null) return null;
    return stored.ends_at === null || stored.ends_at > new Date() ? stored : 'ran_out';
  };
  const whoHas = async (cookie: string): Promise<SignedIn | null> => {
    const found = await sessions.api
      .getSession({ headers: new Headers({ cookie }), returnHeaders: true })
      .catch(endedOrGone);
    if (found === null || found.response === null || found.response.user.disabledAt) return null;
    if (found.response.session.createdAt < endedIfBegunBefore(new Date())) return null;
    const { id, email, name, role } = found.response.user;
    const user = { id, email, name, role: roleOf(role) };
    return { user, sessionId: found.response.session.id, cookies: found.headers?.getSetCookie() ?? [] };
  };
  const begin = async (user: User, userAgent: string | undefined): Promise<SignedIn | null> => {
    const headers = new Headers(userAgent === undefined ? {} : { 'user-agent': userAgent.slice(0, 255) });
    const begun = await sessions.api.beginSession({ body: { userId: user.id }, headers, returnHeaders: true });
    if (begun.response === null) return null;
    return { user, sessionId: begun.response, cookies: begun.headers.getSetCookie() };
  };
  /** Whoever gave another password meanwhile has ended all sessions, but not one that began after that. */
  const isStanding = async ({ id, password: hash }: StoredUser, password: string): Promise<boolean> => {
    const now = await standingPassword(db, id);
    return now === hash || (now !== undefined && (await passwords.verify({ hash: now, password })));
  };
  const setPassword = async (
    user: Omit<User, 'role'>,
    password: string,
    { ends_at, old }: { ends_at: Date | null; old?: string },
    actor: Actor,
  ): Promise<boolean> => {
    expectHardToGuess(password, user);
    const hash = await passwords.hash(password);
    return db.transaction().execute(async (tx) => {
      if (!(await updatePassword(tx, user.id, { password: hash, ends_at }, old))) return false;
      await deleteSessions(tx, user.id);
      await recordUserChange(tx, actor, user.id, { what: 'password' });
      return true;
    });
  };

  return {
    whoHas,
    isOpen: (sessionId) => isSessionOpen(db, sessionId, new Date()),
    tryPassword: async (email, password) => {
      const stored = await whoMayEnter(email, password);
      if (stored === null) return 'wrong';
      return stored === 'ran_out' ? stored : 'right';
    },
    passwordEndOf: (userId) => passwordEndOf(db, userId),
    signIn: async (email, password, userAgent) => {
      const stored = await whoMayEnter(email, password);
      if (stored === null || stored === 'ran_out') return stored;
      if (isOutdated(stored.password)) {
        await replaceHash(db, stored.id, { old: stored.password, fresh: await passwords.hash(password) });
      }
      await deleteExpiredSessions(db, new Date());
      const { id, name, role } = stored;
      const begun = await begin({ id, email: stored.email, name, role }, userAgent);
      if (begun === null || (await isStanding(stored, password))) return begun;
      await deleteSession(db, begun.sessionId);
      return null;
    },
    signOut: async ({ sessionId, user }, cookie, actor) => {
      // The library would not say that the database was gone.
      await db.transaction().execute(async (tx) => {
        const wasOpen = await deleteSession(tx, sessionId);
        if (wasOpen) await record(tx, actor, { action: 'signed_out', subject: 'user', subjectId: user.id });
      });
      const answer = await sessions.api.signOut({ headers: new Headers({ cookie }), returnHeaders: true });
      return answer.headers.getSetCookie();
    },
    endSessions: (userId, actor) =>
      db.transaction().execute(async (tx) => {
        await deleteSessions(tx, userId);
        const details = { what: 'everywhere' };
        await record(tx, actor, { action: 'signed_out', subject: 'user', subjectId: userId, details });
      }),
    ownSessions: async ({ user, sessionId }) => {
      const open = await listSessions(db, user.id, new Date());
      const listed = open.map(({ id, created_at: begun_at, updated_at: used_at, user_agent }) => {
        return { id, begun_at, used_at, user_agent: user_agent || null, is_this: id === sessionId };
      });
      return { sessions: listed };
    },
    endOwnSessions: async ({ user, sessionId }, { id, password }, actor) => {
      const stored = await findUser(db, user.email);
      if (!(await isRight(stored?.password, password))) return null;
      return db.transaction().execute(async (tx) => {
        const ended = await deleteSomeSessions(tx, user.id, id === null ? { allBut: sessionId } : { only: id });
        const details = { what: id === null ? 'all others' : 'one' };
        if (ended > 0) await record(tx, actor, { action: 'signed_out', subject: 'user', subjectId: user.id, details });
        return ended;
      });
    },
    changePassword: async (user, { current, next, userAgent }, actor) => {
      const stored = await findUser(db, user.email);
      const isCurrent = await isRight(stored?.password, current);
      if (stored === null || !isCurrent) return null;
      if (next.normalize('NFKC') === current.normalize('NFKC')) throw sameAgain();
      // An admin may have given another one meanwhile, to shut out whoever asks here.
      if (!(await setPassword(user, next, { ends_at: null, old: stored.password }, actor))) return null;
      return begin(user, userAgent);
    },
    resetPassword: async (user, password, actor) => {
      await setPassword(user, password, { ends_at: firstPasswordEnd() }, actor);
    },
    addUser: async (user, password, actor) => {
      expectHardToGuess(password, user);
      const hash = await passwords.hash(password);
      return db.transaction().execute(async (tx) => {
        const id = await insertUser(tx, user, { password: hash, ends_at: firstPasswordEnd() });
        if (id !== null) await recordUserChange(tx, actor, id, { what: 'added', role: user.role });
        return id !== null;
      });
    },
  };
}

/** A first password would be made one's own. */
function sameAgain(): AppError {
  return new AppError('invalid', 'The password is the one you have.', { new_password: 'must not be the current one' });
}

function firstPasswordEnd(): Date {
  return new Date(Date.now() + FIRST_PASSWORD_HOURS * 60 * 60 * 1000);
}

/**
 * A session that somebody ends while it is being renewed is none. What the database says is wrapped by the library; our
 * own error handler knows it by its own face.
 */
function endedOrGone(error: unknown): null {
  if (error instanceof Error && 'status' in error && error.status === 'UNAUTHORIZED') return null;
  throw error instanceof Error && error.cause !== undefined ? error.cause : error;
}

/** The database's own check keeps it to these. */
function roleOf(role: string): Role {
  return role === 'admin' || role === 'coach' ? role : 'viewer';
}
