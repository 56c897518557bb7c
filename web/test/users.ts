import type { Role } from '#contract/access.ts';

/** What `GET /api/me` answers to who is signed in. */
export function signedInAs(role: Role) {
  const user = { id: 'u-1', name: 'Ada Lovelace', email: 'ada@example.com', role };
  return { json: { user, password_ends_at: null, business_timezone: 'UTC', version: '0.1.0' } };
}

/** What it answers to anybody else. */
export const SIGNED_OUT = { json: { user: null, password_ends_at: null, business_timezone: 'UTC', version: '0.1.0' } };
