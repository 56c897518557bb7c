import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TESTER } from '../../test/actor.ts';
import { auditRows } from '../../test/audit.ts';
import { createTestDatabase, type TestDatabase } from '../../test/database.ts';
import { programs } from '../../test/processes.ts';
import { type Accounts, openAccounts } from '../users/accounts.ts';
import { knownUser } from '../users/manage-users.ts';
import { listUsers } from '../users/queries.ts';

const ADMIN = 'admin@example.com';
const PASSWORD = 'correct horse battery';

const { run } = programs();

let database: TestDatabase;
let accounts: Accounts;
beforeAll(async () => {
  database = await createTestDatabase();
  accounts = await openAccounts(database.db, { secret: 'a secret of the tests, 32 bytes!', isSecure: false });
  await accounts.addUser({ email: ADMIN, name: 'Ana Admin', role: 'admin' }, PASSWORD, TESTER);
});
afterAll(() => database.drop());

const user = (args: string[], input?: string, connectionString = database.connectionString) =>
  run(['user', ...args], { LOG_LEVEL: 'warn', DATABASE_URL: connectionString }, input);
const add = (email: string, args: string[] = [], input?: string) =>
  user(['add', email, '--name', 'Maria Lopez', '--role', 'coach', ...args], input);
const mayEnter = async (email: string, password: string) => (await accounts.tryPassword(email, password)) === 'right';
const sessionOf = async (email: string) => {
  const session = await accounts.signIn(email, PASSWORD, undefined);
  return session === null || session === 'ran_out' ? '' : session.sessionId;
};

describe('user add', () => {
  it('makes a password and shows it once, on standard output', async () => {
    const { code, stdout, stderr } = await add('Maria@Example.com');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^[\w-]{43}\n$/);
    expect(stderr).toContain('maria@example.com can sign in as coach.');
    expect(stderr).toContain('Their password holds for 72 hours');
    expect(stderr).not.toContain(stdout.trim());
    expect(await mayEnter('maria@example.com', stdout.trim())).toBe(true);
  });

  it('takes a password from standard input, and does not show it', async () => {
    const { code, stdout, stderr } = await add('stdin@example.com', ['--password-stdin'], `${PASSWORD}\n`);
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
    expect(stderr).not.toContain(PASSWORD);
    expect(await mayEnter('stdin@example.com', PASSWORD)).toBe(true);
  });

  it('refuses an address that is taken, and a password that is too short', async () => {
    const taken = await add(ADMIN.toUpperCase());
    expect([taken.code, taken.stdout, taken.stderr]).toEqual([1, '', `There is a user ${ADMIN} already.\n`]);
    const short = await add('short@example.com', ['--password-stdin'], 'short\n');
    expect([short.code, short.stderr]).toEqual([1, 'The password must have at least 12 characters.\n']);
    const none = await add('none@example.com', ['--password-stdin']);
    expect(none.code).toBe(1);
    expect(await listUsers(database.db)).not.toContainEqual(expect.objectContaining({ email: 'short@example.com' }));
  });

  it.each([
    [['add', 'nobody', '--name', 'N', '--role', 'coach'], 'It must be an email address.'],
    [['add', 'a@example.com', '--name', 'N', '--role', 'owner'], 'It must be one of viewer, coach, admin.'],
    [['add', 'a@example.com', '--name', ' ', '--role', 'coach'], 'It must not be empty.'],
    [['add', 'a@example.com', '--role', 'coach'], "required option '--name <name>' not specified"],
    [['add', 'a@example.com', '--name', 'N'], "required option '--role <role>' not specified"],
    [['reset'], "missing required argument 'email'"],
    [['promote'], "unknown command 'promote'"],
    [[], 'Usage: tutor-quality user'],
  ])('ends with 2 when it is asked wrongly: user %j', async (args, words) => {
    const { code, stdout, stderr } = await user(args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(words);
  });

  it('is explained with the others by --help', async () => {
    const { code, stdout } = await user(['--help']);
    expect(code).toBe(0);
    const described = Array.from(stdout.matchAll(/^ {2}([a-z]+) .* {2}(\w.+)$/gm), ([, name]) => name);
    expect(described).toEqual(['add', 'reset', 'list', 'disable', 'enable']);
  });
});

describe('user reset', () => {
  it('gives another password and ends all sessions', async () => {
    await accounts.addUser({ email: 'reset@example.com', name: 'R', role: 'viewer' }, PASSWORD, TESTER);
    const session = await sessionOf('reset@example.com');
    const { code, stdout } = await user(['reset', 'reset@example.com']);
    expect(code).toBe(0);
    expect(await mayEnter('reset@example.com', PASSWORD)).toBe(false);
    expect(await mayEnter('reset@example.com', stdout.trim())).toBe(true);
    expect(await accounts.isOpen(session)).toBe(false);
  });

  it('takes it from standard input', async () => {
    const { code, stdout } = await user(
      ['reset', 'reset@example.com', '--password-stdin'],
      'battery horse correct\r\n',
    );
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
    expect(await mayEnter('reset@example.com', 'battery horse correct')).toBe(true);
  });
});

describe('user disable and enable', () => {
  it('shut somebody out, and let them in again', async () => {
    await accounts.addUser({ email: 'out@example.com', name: 'O', role: 'viewer' }, PASSWORD, TESTER);
    const session = await sessionOf('out@example.com');
    expect((await user(['disable', 'out@example.com'])).code).toBe(0);
    expect(await accounts.isOpen(session)).toBe(false);
    expect(await mayEnter('out@example.com', PASSWORD)).toBe(false);
    expect((await user(['enable', 'out@example.com'])).code).toBe(0);
    const noted = (await auditRows(database.db)).slice(-2);
    expect(noted.map(({ actor_kind, action, details }) => [actor_kind, action, details])).toEqual([
      ['command', 'changed', { what: 'disabled' }],
      ['command', 'changed', { what: 'enabled' }],
    ]);
    expect(noted[0]?.actor_id).toMatch(/^user disable by \S/);
    expect(await mayEnter('out@example.com', PASSWORD)).toBe(true);
  });

  it('does not disable the last admin', async () => {
    const { code, stderr } = await user(['disable', ADMIN]);
    expect([code, stderr]).toEqual([1, `${ADMIN} is the last admin: make another one first.\n`]);
    expect(await mayEnter(ADMIN, PASSWORD)).toBe(true);
  });

  it.each(['reset', 'disable', 'enable'])('%s says whom it does not know', async (command) => {
    const { code, stdout, stderr } = await user([command, 'nobody@example.com']);
    expect([code, stdout, stderr]).toEqual([1, '', 'There is no user nobody@example.com.\n']);
  });
});

describe('user list', () => {
  it('shows everybody, their role and whether they may come in', async () => {
    await accounts.addUser({ email: 'zoe@example.com', name: 'Zoë', role: 'viewer' }, PASSWORD, TESTER);
    await database.db
      .updateTable('user_credentials')
      .set({ ends_at: null })
      .where('user_id', '=', (await knownUser(database.db, ADMIN)).id)
      .execute();
    await accounts.signIn(ADMIN, PASSWORD, undefined);
    await user(['disable', 'zoe@example.com']);
    const { code, stdout, stderr } = await user(['list']);
    expect([code, stderr]).toEqual([0, '']);
    const [head, ...rows] = stdout.trimEnd().split('\n');
    expect(head).toMatch(/^email +name +role +state +password +last sign-in/);
    expect(rows.map((row) => row.split(' ')[0])).toEqual((await listUsers(database.db)).map(({ email }) => email));
    expect(rows[0]).toMatch(/^admin@example.com +Ana Admin +admin +enabled +chosen +\d{4}-\d\d-\d\dT\S+Z$/);
    expect(rows.at(-1)).toMatch(/^zoe@example.com +Zoë +viewer +disabled \S+Z +first, until \S+Z +–$/);
  });

  it('says how to begin when there is nobody', async () => {
    const empty = await createTestDatabase();
    const { code, stdout, stderr } = await user(['list'], '', empty.connectionString);
    await empty.drop();
    expect([code, stdout.split('\n').length]).toEqual([0, 2]);
    expect(stderr).toContain('npm run user -- add');
  });
});
