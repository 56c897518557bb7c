import { CREDENTIAL, OTHER_USER, USER, USER_SESSION } from '../every-table.ts';
import { type BrokenRule, refusedBy } from './broken-rule.ts';

const NOBODY = '00000000-0000-4000-8000-0000000000ff';
const userWith = (change: string) => `update users set ${change} where id = '${USER}'`;
const newUser = (email: string, id = NOBODY) =>
  `insert into users (id, email, name, role) values ('${id}', '${email}', 'Ana', 'coach')`;
const sessionOf = (user: string, token: string, id = NOBODY) => `
  insert into user_sessions (id, token, user_id, expires_at) values ('${id}', '${token}', '${user}', now())`;
const passwordOf = (user: string, provider = 'credential', id = NOBODY) => `
  insert into user_credentials (id, account_id, provider_id, user_id, password)
  values ('${id}', '${user}', '${provider}', '${user}', 'salt:hash')`;

export const BROKEN_USERS: BrokenRule[] = [
  ...refusedBy('users_pkey', newUser('ana@example.com', USER)),
  ...refusedBy('users_email_unique', newUser('maria@example.com'), userWith(`email = 'admin@localhost'`)),
  ...refusedBy('users_email_lower_case', newUser('Maria@example.com'), userWith(`email = 'MARIA@example.com'`)),
  ...refusedBy('users_email_length', userWith(`email = 'a@'`), userWith(`email = repeat('a', 255)`)),
  ...refusedBy('users_name_length', userWith(`name = ''`), userWith(`name = repeat('a', 256)`)),
  ...refusedBy('users_role_known', userWith(`role = 'owner'`), userWith(`role = ''`)),
  ...refusedBy('user_sessions_pkey', sessionOf(OTHER_USER, 'token-2', USER_SESSION)),
  ...refusedBy('user_sessions_token_unique', sessionOf(OTHER_USER, 'token-1')),
  ...refusedBy('user_sessions_user_id_fkey', sessionOf(NOBODY, 'token-2')),
  ...refusedBy('user_credentials_pkey', passwordOf(OTHER_USER, 'credential', CREDENTIAL)),
  ...refusedBy('user_credentials_one_a_user', passwordOf(USER)),
  ...refusedBy('user_credentials_password_only', passwordOf(OTHER_USER, 'github')),
  ...refusedBy('user_credentials_user_id_fkey', passwordOf(NOBODY)),
];

export const KEPT_USERS: string[] = [
  newUser('ana@example.com'),
  userWith(`email = 'a@b'`),
  userWith(`email = repeat('a', 254)`),
  userWith(`name = repeat('a', 255)`),
  userWith(`role = 'viewer'`),
  userWith(`role = 'coach'`),
  userWith('disabled_at = now()'),
  sessionOf(USER, 'token-2'),
  passwordOf(OTHER_USER),
  `delete from users where id = '${USER}'`,
];
