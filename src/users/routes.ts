import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import type { Actor } from '../audit/actor.ts';
import { record, recordFailedSignIn } from '../audit/record-queries.ts';
import {
  FIRST_PASSWORD_HOURS,
  me,
  ownSessions,
  passwordBody,
  sessionsEndBody,
  signedIn,
  signInBody,
} from '../contract/access.ts';
import type { Db } from '../database/connection.ts';
import { AppError } from '../errors.ts';
import { failures } from '../http/answers/responses.ts';
import type { ApiDeps, ZodApp } from '../http/api-deps.ts';
import { actorOf } from '../http/callers/actor.ts';
import type { Limit } from '../limits/counts.ts';
import { type Counts, sharedCounts } from '../limits/shared-counts.ts';
import type { SignedIn } from './accounts.ts';

const tags = ['Sign-in'];
const MINUTE_MS = 60_000;
const TRIES: Limit = { max: 10, windowMs: MINUTE_MS };
/** A guess at even a weak password takes years at this pace; fewer would let a stranger shut somebody out at will. */
const FAILURES: Limit = { max: 100, windowMs: 60 * MINUTE_MS };
const nothing = z.null().describe('Done; nothing is answered.');

export function userRoutes(app: ZodApp, { db, accounts, mail, version, passwordChanged, redis }: ApiDeps): void {
  // By the address of the connection, and by the mail address: guessing from many places does not help.
  const ofAddress = sharedCounts(redis, 'sign-in-address', () => performance.now());
  const ofAccount = sharedCounts(redis, 'sign-in-account', () => performance.now());

  app.post(
    '/api/sign-in',
    {
      config: { access: 'public', audit: { action: 'signed_in', subject: 'user' } },
      schema: {
        tags,
        summary: 'Sign in to the dashboard',
        description:
          'Sets the cookie of a session of 7 days, which lives on while it is used, for 30 days at most. A password that ' +
          `an admin gave opens the door for ${FIRST_PASSWORD_HOURS} hours: by then the user must have chosen another.`,
        body: signInBody,
        response: { 200: signedIn, ...failures.write },
      },
    },
    async (request, reply) => {
      const { body, ip, headers } = request;
      await takeRoom(ofAddress, ip, TRIES, reply);
      await takeRoom(ofAccount, body.email, FAILURES, reply);
      const session = await accounts.signIn(body.email, body.password, headers['user-agent']);
      if (session === null || session === 'ran_out') {
        await recordFailedSignIn(db, body.email, request.id);
        throw session === null ? wrongPassword() : passwordRanOut();
      }
      await ofAccount.giveBack(body.email);
      // The one that this browser had before would live on where nobody sees it.
      const before = headers.cookie === undefined ? null : await accounts.whoHas(headers.cookie);
      const actor = actorOf({ ...request, signedIn: session });
      if (before !== null) await accounts.signOut(before, headers.cookie ?? '', actor);
      await record(db, actor, { action: 'signed_in', subject: 'user', subjectId: session.user.id });
      request.log.info({ user: `user-${session.user.id}` }, 'signed in');
      return reply.header('set-cookie', session.cookies).send({ user: session.user });
    },
  );

  app.post(
    '/api/sign-out',
    {
      config: { access: 'viewer', audit: { action: 'signed_out', subject: 'user' } },
      schema: { tags, summary: 'End this session', response: { 204: nothing, ...failures.write } },
    },
    async (request, reply) => {
      const cookies = await accounts.signOut(sessionOf(request), request.headers.cookie ?? '', actorOf(request));
      return reply.code(204).header('set-cookie', cookies).send(null);
    },
  );

  app.post(
    '/api/sign-out-everywhere',
    {
      config: { access: 'viewer', audit: { action: 'signed_out', subject: 'user' } },
      schema: { tags, summary: 'End all sessions of the user', response: { 204: nothing, ...failures.write } },
    },
    async (request, reply) => {
      const session = sessionOf(request);
      await accounts.endSessions(session.user.id, actorOf(request));
      const cookies = await accounts.signOut(session, request.headers.cookie ?? '', actorOf(request));
      return reply.code(204).header('set-cookie', cookies).send(null);
    },
  );

  app.get(
    '/api/me',
    {
      // Whoever opens the dashboard asks this first: to be nobody yet is an answer, not an error.
      config: { access: 'public', audit: null },
      schema: { tags, summary: 'Who asks, and what every screen needs', response: { 200: me, ...failures.read } },
    },
    async ({ headers }, reply) => {
      const found = headers.cookie === undefined ? null : await accounts.whoHas(headers.cookie);
      reply.header('cache-control', 'no-store').header('set-cookie', found?.cookies ?? []);
      return {
        user: found?.user ?? null,
        password_ends_at: found === null ? null : await accounts.passwordEndOf(found.user.id),
        business_timezone: mail.timezone,
        version,
      };
    },
  );

  app.post(
    '/api/me/password',
    {
      config: { access: 'viewer', audit: { action: 'changed', subject: 'user' } },
      schema: {
        tags,
        summary: 'Change the password; all sessions of the user end, and a new one begins here',
        body: passwordBody,
        response: { 204: nothing, ...failures.write },
      },
    },
    async (request, reply) => {
      const session = sessionOf(request);
      await takeRoom(ofAccount, session.user.email, FAILURES, reply);
      const { current_password, new_password } = request.body;
      const change = {
        current: current_password,
        next: new_password,
        userAgent: request.headers['user-agent'],
      };
      const begun = await accounts.changePassword(session.user, change, actorOf(request));
      if (begun === null) throw await wrongCurrentPassword(db, actorOf(request), session);
      await ofAccount.giveBack(session.user.email);
      await passwordChanged(session.user.email);
      return reply.code(204).header('set-cookie', begun.cookies).send(null);
    },
  );

  app.get(
    '/api/me/sessions',
    {
      config: { access: 'viewer', audit: null },
      schema: { tags, summary: 'Where the user is signed in', response: { 200: ownSessions, ...failures.read } },
    },
    // A key has none.
    ({ signedIn: session }) => (session === null ? { sessions: [] } : accounts.ownSessions(session)),
  );

  app.post(
    '/api/me/sessions/end',
    {
      config: { access: 'viewer', audit: { action: 'signed_out', subject: 'user' } },
      schema: {
        tags,
        summary: 'End one session of the user, or all others',
        body: sessionsEndBody,
        response: { 204: nothing, ...failures.write },
      },
    },
    async (request, reply) => {
      const session = sessionOf(request);
      await takeRoom(ofAccount, session.user.email, FAILURES, reply);
      const { current_password: password, own_session_id: id } = request.body;
      const ended = await accounts.endOwnSessions(session, { id, password }, actorOf(request));
      if (ended === null) throw await wrongCurrentPassword(db, actorOf(request), session);
      await ofAccount.giveBack(session.user.email);
      if (id !== null && ended === 0) {
        throw new AppError('not_found', 'You have no such session.', { own_session_id: 'is not open' });
      }
      return reply.code(204).send(null);
    },
  );
}

/** Somebody who is signed in does not know the password: that is noted. */
async function wrongCurrentPassword(db: Db, actor: Actor, { user }: SignedIn): Promise<AppError> {
  const details = { what: 'password' };
  await record(db, actor, { action: 'sign_in_failed', subject: 'user', subjectId: user.id, details });
  return new AppError('invalid', 'The current password is wrong.', { current_password: 'is wrong' });
}

function wrongPassword(): AppError {
  return new AppError('unauthenticated', 'The address or the password is wrong.', { password: 'is wrong' });
}

function passwordRanOut(): AppError {
  const words = `A first password is good for ${FIRST_PASSWORD_HOURS} hours, and yours has run out. An admin can give you another.`;
  return new AppError('unauthenticated', words, { password: 'has run out' });
}

function sessionOf({ signedIn: session }: { signedIn: SignedIn | null }): SignedIn {
  if (session !== null) return session;
  throw new AppError('forbidden', 'An API key has no session and no password.', { 'x-api-key': 'is not a user' });
}

/** @throws AppError `too_many_requests`, with what a browser or a script needs to know */
async function takeRoom(counts: Counts, key: string, limit: Limit, reply: FastifyReply): Promise<void> {
  const { count, endsInMs } = await counts.take(key, limit);
  if (count <= limit.max) return;
  const seconds = Math.ceil(endsInMs / 1000);
  reply.header('retry-after', seconds);
  throw new AppError('too_many_requests', `Too many attempts. Try again in ${seconds} seconds.`, {
    'retry-after': `${seconds} seconds`,
  });
}
