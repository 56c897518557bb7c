import { z } from 'zod';
import { object, rule, text, uuid } from './fields.ts';
import { instantOut } from './instant.ts';

/** From least to most: each may do all that those before it may. */
export const ROLES = ['viewer', 'coach', 'admin'] as const;
export type Role = (typeof ROLES)[number];

/** Whether `role` may do what asks for `needed`. */
export function mayAct(role: Role, needed: Role): boolean {
  return ROLES.indexOf(role) >= ROLES.indexOf(needed);
}

/** So long a password that somebody else gave opens the door: by then its user must have chosen another. */
export const FIRST_PASSWORD_HOURS = 72;

const MIN_PASSWORD_LENGTH = 12;
const MAX_PASSWORD_LENGTH = 128;

/** A password that is chosen; one that is tried may be anything. */
export const newPassword = z
  .string(rule('must be text'))
  .min(MIN_PASSWORD_LENGTH, `must have at least ${MIN_PASSWORD_LENGTH} characters`)
  .max(MAX_PASSWORD_LENGTH, `must have at most ${MAX_PASSWORD_LENGTH} characters`)
  .meta({ description: 'Not one of the commonest, nor made of names, common words and rows of digits.' });

const triedPassword = z
  .string(rule('must be text'))
  .min(1, 'must not be empty')
  .max(MAX_PASSWORD_LENGTH, `must have at most ${MAX_PASSWORD_LENGTH} characters`);

const triedEmail = text(254)
  .meta({ maxLength: 254, example: 'maria@example.com' })
  .transform((address) => address.trim().toLowerCase());

/** `localhost` has no dot, and yet is where the first admin lives on one machine. */
export const userEmail = z
  .string()
  .transform((address) => address.trim().toLowerCase())
  .pipe(
    z
      .union([z.email(), z.string().regex(/^[\w.+-]+@localhost$/)], 'must be an email address')
      .refine((address) => address.length <= 254, 'must have at most 254 characters'),
  );

export const signInBody = object({ email: triedEmail, password: triedPassword }).meta({ id: 'SignIn' });

export const passwordBody = object({ current_password: triedPassword, new_password: newPassword }).meta({
  id: 'PasswordChange',
});

const user = z
  .object({ id: z.string(), name: z.string(), email: z.string(), role: z.enum(ROLES) })
  .meta({ id: 'User' });
export type User = z.output<typeof user>;

/** Who asks: a signed-in user, or `null` for anybody else; and what every screen needs to know. */
export const me = z
  .object({
    user: user.nullable(),
    password_ends_at: instantOut
      .nullable()
      .meta({ description: 'When a password that an admin gave runs out; null for one that the user chose.' }),
    business_timezone: z.string().meta({ example: 'Europe/Berlin' }),
    version: z.string(),
  })
  .meta({ id: 'Me' });
export type Me = z.output<typeof me>;

export const signedIn = z.object({ user }).meta({ id: 'SignedIn' });

const ownSession = z
  .object({
    id: z.string(),
    begun_at: instantOut,
    used_at: instantOut.meta({ description: 'When it was last used, to within a day.' }),
    user_agent: z.string().nullable().meta({ description: 'What its browser calls itself.' }),
    is_this: z.boolean().meta({ description: 'Whether it is the one that asks.' }),
  })
  .meta({ id: 'OwnSession' });

export const ownSessions = z.object({ sessions: z.array(ownSession) }).meta({ id: 'OwnSessions' });
export type OwnSessions = z.output<typeof ownSessions>;
export type OwnSession = OwnSessions['sessions'][number];

export const sessionsEndBody = object({
  current_password: triedPassword,
  own_session_id: uuid.nullable().meta({ description: 'Which one; null for all but the one that asks.' }),
}).meta({ id: 'SessionsEnd' });
