import { randomUUID } from 'node:crypto';
import type { Role, User } from '../src/contract/access.ts';
import type { Accounts } from '../src/users/accounts.ts';
import { TESTER } from './actor.ts';

export const PASSWORD = 'correct horse battery';

export type TestUser = { user: User; headers: BrowserHeaders };
/** What the browser of somebody who signed in sends along. */
export type BrowserHeaders = { cookie: string; 'sec-fetch-site': 'same-origin' };

/** A new user of a role, who has signed in. */
export async function signIn(app: { accounts: Accounts }, role: Role): Promise<TestUser> {
  const email = `${role}-${randomUUID().slice(0, 8)}@example.com`;
  await app.accounts.addUser({ email, name: `The ${role}`, role }, PASSWORD, TESTER);
  return signInAgain(app, email);
}

/** Another session of a user. */
export async function signInAgain({ accounts }: { accounts: Accounts }, email: string): Promise<TestUser> {
  const session = await accounts.signIn(email, PASSWORD, undefined);
  if (session === null || session === 'ran_out') throw new Error(`${email} cannot sign in`);
  return { user: session.user, headers: browserWith(session.cookies) };
}

/** What a browser sends that was given these cookies. */
export function browserWith(cookies: readonly string[]): BrowserHeaders {
  return { cookie: cookies.map((cookie) => cookie.split(';')[0]).join('; '), 'sec-fetch-site': 'same-origin' };
}

/** The cookies that an answer sets. */
export function cookiesOf(answer: { headers: { 'set-cookie'?: string | string[] | undefined } }): string[] {
  return [answer.headers['set-cookie'] ?? []].flat();
}
