import { text } from 'node:stream/consumers';
import type { Logger } from 'pino';
import type { Config } from '../config.ts';
import { FIRST_PASSWORD_HOURS, newPassword, type Role } from '../contract/access.ts';
import { AppError } from '../errors.ts';
import { disableUser, enableUser, knownUser } from '../users/manage-users.ts';
import { listUsers } from '../users/queries.ts';
import { accountsOf, forgetFirstPassword } from './accounts.ts';
import { commandActor } from './command-actor.ts';
import { withPlatform } from './platform.ts';
import { randomSecret } from './secret-file.ts';
import { print, say } from './terminal.ts';

type PasswordChoice = { passwordStdin: boolean };

/** `npm run user -- add`: prints the password if it was made here, once. */
export async function addUser(
  config: Config,
  log: Logger,
  { email, name, role, ...choice }: PasswordChoice & { email: string; name: string; role: Role },
): Promise<void> {
  const password = await chosenPassword(choice);
  await withPlatform(config, log, async (platform) => {
    const accounts = await accountsOf(platform, platform.db);
    if (!(await accounts.addUser({ email, name, role }, password, commandActor('user add')))) {
      throw new AppError('conflict', `There is a user ${email} already.`);
    }
  });
  tell(`${email} can sign in as ${role}.`, password, choice);
}

/** `npm run user -- reset`: another password, and all sessions end. */
export async function resetPassword(
  config: Config,
  log: Logger,
  { email, ...choice }: PasswordChoice & { email: string },
): Promise<void> {
  const password = await chosenPassword(choice);
  await withPlatform(config, log, async (platform) => {
    const user = await knownUser(platform.db, email);
    const accounts = await accountsOf(platform, platform.db);
    await accounts.resetPassword(user, password, commandActor('user reset'));
    await forgetFirstPassword(platform, email);
  });
  tell(`${email} has another password and is signed out everywhere.`, password, choice);
}

/** `npm run user -- list` */
export async function showUsers(config: Config, log: Logger): Promise<void> {
  const users = await withPlatform(config, log, ({ db }) => listUsers(db));
  if (users.length === 0) say('Nobody can sign in yet: npm run user -- add EMAIL --name NAME --role admin');
  const rows = users.map(({ email, name, role, disabled_at, last_sign_in, password_ends_at: until }) => [
    email,
    name,
    role,
    disabled_at === null ? 'enabled' : `disabled ${disabled_at.toISOString()}`,
    until === null ? 'chosen' : `first, until ${until.toISOString()}`,
    last_sign_in === null ? '–' : last_sign_in.toISOString(),
  ]);
  const table = [['email', 'name', 'role', 'state', 'password', 'last sign-in (of open sessions)'], ...rows];
  const widths = table[0]?.map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0))) ?? [];
  for (const row of table)
    print(
      `${row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd()}\n`,
    );
}

/** `npm run user -- disable` */
export async function disable(config: Config, log: Logger, { email }: { email: string }): Promise<void> {
  await withPlatform(config, log, ({ db }) => disableUser(db, email, new Date(), commandActor('user disable')));
  say(`${email} is signed out everywhere and cannot sign in.`);
}

/** `npm run user -- enable` */
export async function enable(config: Config, log: Logger, { email }: { email: string }): Promise<void> {
  await withPlatform(config, log, ({ db }) => enableUser(db, email, commandActor('user enable')));
  say(`${email} can sign in again.`);
}

async function chosenPassword({ passwordStdin }: PasswordChoice): Promise<string> {
  if (!passwordStdin) return randomSecret();
  const read = newPassword.safeParse((await text(process.stdin)).replace(/\r?\n$/, ''));
  if (read.success) return read.data;
  throw new AppError('invalid', `The password ${read.error.issues[0]?.message}.`);
}

function tell(words: string, password: string, { passwordStdin }: PasswordChoice): void {
  say(words);
  say(
    `Their password holds for ${FIRST_PASSWORD_HOURS} hours: by then they choose another, in the dashboard under Account.`,
  );
  if (passwordStdin) return;
  say('The password, which is shown this once:');
  print(`${password}\n`);
}
