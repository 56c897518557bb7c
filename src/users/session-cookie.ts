import { betterAuth } from 'better-auth';
import { createAuthEndpoint } from 'better-auth/api';
import { setSessionCookie } from 'better-auth/cookies';
import { z } from 'zod';
import type { Db } from '../database/connection.ts';
import { hashPassword, isPasswordOf } from './password-hash.ts';

const DAY_S = 24 * 60 * 60;
const SESSION_S = 7 * DAY_S;

export type CookieOptions = {
  /** Signs the cookie: a copy of the database alone signs nobody in. */
  secret: string;
  /** The dashboard is served over https: the cookie never goes any other way. */
  isSecure: boolean;
};

/**
 * better-auth on our own tables: it keeps sessions, signs and reads their cookie. Its routes are not mounted, so that
 * nothing can be reached but what our own routes offer.
 */
export function openSessions(db: Db, { secret, isSecure }: CookieOptions) {
  return betterAuth({
    database: { db, type: 'postgres' },
    // Both: an environment variable of the library's own would win over the first.
    secret,
    secrets: [{ version: 1, value: secret }],
    // Only for links and redirects, of which there are none; without one it would be guessed from a request.
    baseURL: 'http://localhost',
    session: {
      modelName: 'user_sessions',
      fields: {
        userId: 'user_id',
        expiresAt: 'expires_at',
        ipAddress: 'ip_address',
        userAgent: 'user_agent',
        createdAt: 'created_at',
        updatedAt: 'updated_at',
      },
      expiresIn: SESSION_S,
      updateAge: DAY_S,
    },
    user: {
      modelName: 'users',
      fields: { emailVerified: 'email_verified', createdAt: 'created_at', updatedAt: 'updated_at' },
      additionalFields: {
        role: { type: 'string', required: true, input: false },
        disabledAt: { type: 'date', required: false, input: false, fieldName: 'disabled_at' },
      },
    },
    // In place of the library's scrypt, whatever asks it for a hash.
    emailAndPassword: {
      enabled: false,
      password: { hash: hashPassword, verify: ({ hash, password }) => isPasswordOf(hash, password) },
    },
    // Our own doors count the tries, by the address of the connection.
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    logger: { disabled: true },
    advanced: {
      // The tables hold what is in use of the library, and no more.
      database: { generateId: 'uuid', validateSchema: false },
      // Of `__Host-` a browser takes none that came over http, or that a sister of our host has set.
      cookiePrefix: isSecure ? '__Host-tutor_quality' : 'tutor_quality',
      // Would put its own, weaker prefix before that.
      useSecureCookies: false,
      defaultCookieAttributes: { httpOnly: true, sameSite: 'strict', path: '/', secure: isSecure },
      ipAddress: { disableIpTracking: true },
    },
    plugins: [{ id: 'begin-session', endpoints: { beginSession } }],
  });
}

/** Begins a session for a user who has proven to be one; the library's own sign-in takes no address without a dot. */
const beginSession = createAuthEndpoint(
  '/begin-session',
  { method: 'POST', body: z.object({ userId: z.string() }) },
  async (context) => {
    const { internalAdapter } = context.context;
    const user = await internalAdapter.findUserById(context.body.userId);
    if (user === null) return null;
    const session = await internalAdapter.createSession(user.id);
    await setSessionCookie(context, { session, user });
    return session.id;
  },
);
