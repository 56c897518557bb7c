import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '../config.ts';
import type { Db } from '../database/connection.ts';
import type { Accounts } from '../users/accounts.ts';
import { knownUser } from '../users/manage-users.ts';
import { hasUsers } from '../users/queries.ts';
import { commandActor } from './command-actor.ts';
import type { Platform } from './platform.ts';
import { randomSecret, secretIn } from './secret-file.ts';

/** The accounts, with the secret that signs their cookie: of SECRET_KEY, else one made once in DATA_DIR. */
export async function accountsOf({ config, dataDir }: Pick<Platform, 'config' | 'dataDir'>, db: Db): Promise<Accounts> {
  const secret = config.SECRET_KEY ?? (await secretIn(join(dataDir, 'secret-key'))).secret;
  // Loaded only where it is needed: the library takes longer than all the rest of a short command.
  const { openAccounts } = await import('../users/accounts.ts');
  return openAccounts(db, { secret, isSecure: isSecure(config) });
}

/** Over https by DASHBOARD_URL; where that is not said, in production. */
function isSecure({ DASHBOARD_URL, ENVIRONMENT }: Config): boolean {
  return DASHBOARD_URL === undefined ? ENVIRONMENT === 'production' : new URL(DASHBOARD_URL).protocol === 'https:';
}

export type FirstAdmin = {
  email: string;
  /** Where the first password lies. */
  file: string;
  password: string;
  isNew: boolean;
};

/**
 * Makes an admin with a random password when there is nobody who could sign in. Returns the one whose first password
 * lies in DATA_DIR, also at later starts, as long as nobody chose another: when it has run out, it is replaced. `null`
 * otherwise. In production nobody is made: `npm run user -- add` does.
 */
export async function firstAdmin(platform: Platform): Promise<FirstAdmin | null> {
  const { config, dataDir, db } = platform;
  const email = firstEmail(config);
  const file = firstPasswordFile(dataDir);
  const accounts = await accountsOf(platform, db);
  if (await hasUsers(db)) {
    const password = (await readFile(file, 'utf8').catch(() => '')).trim();
    const found = password === '' ? 'wrong' : await accounts.tryPassword(email, password);
    if (found === 'right') return { email, file, password, isNew: false };
    if (found === 'wrong' || config.ENVIRONMENT === 'production') return null;
    const next = randomSecret();
    await accounts.resetPassword(await knownUser(db, email), next, commandActor('start'));
    await rm(file, { force: true });
    await secretIn(file, () => next);
    return { email, file, password: next, isNew: true };
  }
  if (config.ENVIRONMENT === 'production') return null;
  // One of a database that is gone would be a password that others may have seen.
  await rm(file, { force: true });
  const { secret: password } = await secretIn(file);
  if (await accounts.addUser({ email, name: 'Admin', role: 'admin' }, password, commandActor('start'))) {
    return { email, file, password, isNew: true };
  }
  // Another machine on the same database was quicker.
  await rm(file, { force: true });
  return null;
}

/** The first password is not the password any more: nobody shall be told that it is. */
export async function forgetFirstPassword({ config, dataDir }: Pick<Platform, 'config' | 'dataDir'>, email: string) {
  if (firstEmail(config) === email) await rm(firstPasswordFile(dataDir), { force: true });
}

/** As it is stored: in lower case. */
function firstEmail({ ADMIN_EMAIL: [email = 'admin@localhost'] }: Config): string {
  return email.toLowerCase();
}

function firstPasswordFile(dataDir: string): string {
  return join(dataDir, 'admin-password');
}
