import { access, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../test/database.ts';
import { type Environment, programs } from '../../test/processes.ts';
import { browserWith } from '../../test/sign-in.ts';
import { listUsers } from '../users/queries.ts';

const NEW_PASSWORD = 'battery horse correct';
const ADMIN = { email: 'ops@example.com', name: 'Admin', role: 'admin', disabled_at: null };

const { run, start, newDir } = programs();

let database: TestDatabase;
let dataDir: string;
let file: string;
beforeEach(async () => {
  database = await createTestDatabase();
  dataDir = await newDir();
  file = join(dataDir, 'admin-password');
});
afterEach(() => database.drop());

/** Starts everything; hands back what the greeting says. */
async function startApp(more: Environment = {}) {
  const program = await start(['start', '--empty'], environment(more));
  const greeting = await program.says(/Tutor Quality Scoring runs at[^]*Ctrl-C/);
  const address = /runs at (\S+)/.exec(greeting)?.[1] ?? '';
  return { program, greeting, address };
}

const environment = (more: Environment = {}) => ({
  LOG_LEVEL: 'warn',
  DATABASE_URL: database.connectionString,
  DATA_DIR: dataDir,
  ADMIN_EMAIL: 'Ops@Example.com, more@example.com',
  ...more,
});
const post = (url: string, body: object, headers: Record<string, string> = {}) =>
  fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });

it('makes an admin at the first start, once, and forgets the password when it is changed', async () => {
  const first = await startApp();
  expect(first.greeting).toContain(`Sign in: as ops@example.com; the first password is in ${file}\n`);
  const password = (await readFile(file, 'utf8')).trim();
  expect(first.greeting).not.toContain(password);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect((await stat(join(dataDir, 'secret-key'))).mode & 0o777).toBe(0o600);
  const entered = await post(`${first.address}/api/sign-in`, { email: 'ops@example.com', password });
  const headers = browserWith(entered.headers.getSetCookie());
  await first.program.stop('SIGTERM');

  const second = await startApp();
  expect(second.greeting).toContain(`the first password is in ${file}\n`);
  expect(await listUsers(database.db)).toMatchObject([ADMIN]);
  // The secret that signs the cookies is the same, too.
  const change = { current_password: password, new_password: NEW_PASSWORD };
  expect((await post(`${second.address}/api/me/password`, change, headers)).status).toBe(204);
  await expect(access(file)).rejects.toThrow('ENOENT');
  await second.program.stop('SIGTERM');

  const third = await startApp();
  expect(third.greeting).not.toContain('admin-password');
  expect(third.greeting).toContain('Sign in: npm run user -- list says who may');
  expect(await listUsers(database.db)).toMatchObject([ADMIN]);
});

it('forgets the first password when it is reset, and does not claim that a file holds it when it does not', async () => {
  const reset = async (more: Environment = {}) =>
    (await run(['user', 'reset', 'ops@example.com'], environment(more))).code;
  const { program } = await startApp();
  await program.stop('SIGTERM');
  const password = await readFile(file, 'utf8');
  expect(await reset()).toBe(0);
  await expect(access(file)).rejects.toThrow('ENOENT');

  // As if it was reset from another machine: the file stays where it is.
  await writeFile(file, password);
  expect(await reset({ DATA_DIR: await newDir() })).toBe(0);
  expect(await readFile(file, 'utf8')).toBe(password);
  expect((await startApp()).greeting).not.toContain('admin-password');
});

it('gives another first password when the first one has run out before anybody chose one', async () => {
  const { program } = await startApp();
  const old = await readFile(file, 'utf8');
  await program.stop('SIGTERM');
  await database.db
    .updateTable('user_credentials')
    .set({ ends_at: new Date(0) })
    .execute();
  const { address, greeting } = await startApp();
  expect(greeting).toContain(`the first password is in ${file}\n         Choose another within 72 hours`);
  const password = (await readFile(file, 'utf8')).trim();
  expect(password).not.toBe(old.trim());
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect((await post(`${address}/api/sign-in`, { email: 'ops@example.com', password })).status).toBe(200);
});

it('makes nobody in production', async () => {
  const { greeting } = await startApp({
    ENVIRONMENT: 'production',
    API_KEY: 'a-key-of-the-tests-0123456789',
    SECRET_KEY: 'a secret of the tests, 32 bytes!',
  });
  expect(greeting).toContain('npm run user -- add EMAIL');
  expect(await listUsers(database.db)).toEqual([]);
  await expect(access(file)).rejects.toThrow('ENOENT');
  await expect(access(join(dataDir, 'secret-key'))).rejects.toThrow('ENOENT');
});
