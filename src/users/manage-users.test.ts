import { afterEach, beforeEach, expect, it } from 'vitest';
import { TESTER } from '../../test/actor.ts';
import { createTestDatabase, type TestDatabase } from '../../test/database.ts';
import { holdTable, untilBlocked } from '../../test/locks.ts';
import type { Role } from '../contract/access.ts';
import { disableUser, enableUser, knownUser } from './manage-users.ts';
import { insertUser, listUsers } from './queries.ts';

const HASH = { password: 'a hash', ends_at: null };
const NOW = new Date('2026-01-15T12:00:00Z');

let database: TestDatabase;
beforeEach(async () => {
  database = await createTestDatabase();
});
afterEach(() => database.drop());

async function add(role: Role, ...emails: string[]): Promise<void> {
  for (const email of emails)
    await database.db.transaction().execute((tx) => insertUser(tx, { email, name: email, role }, HASH));
}

async function enabled(): Promise<string[]> {
  return (await listUsers(database.db)).filter(({ disabled_at }) => disabled_at === null).map(({ email }) => email);
}

it('does not disable the last admin, whatever others there are', async () => {
  await add('admin', 'one@example.com', 'two@example.com');
  await add('coach', 'coach@example.com');
  await disableUser(database.db, 'two@example.com', NOW, TESTER);
  await expect(disableUser(database.db, 'one@example.com', NOW, TESTER)).rejects.toMatchObject({
    code: 'conflict',
    message: 'one@example.com is the last admin: make another one first.',
  });
  await disableUser(database.db, 'coach@example.com', NOW, TESTER);
  expect(await enabled()).toEqual(['one@example.com']);
});

it('leaves one of two admins who disable each other at the same time', async () => {
  await add('admin', 'one@example.com', 'two@example.com');
  const held = await holdTable(database.db, 'users');
  const both = ['one@example.com', 'two@example.com'].map((email) => disableUser(database.db, email, NOW, TESTER));
  await untilBlocked(database.db, 2);
  await held.release();
  expect((await Promise.allSettled(both)).map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  expect(await enabled()).toHaveLength(1);
});

it('disables a disabled user again, and enables them', async () => {
  await add('admin', 'admin@example.com');
  await add('viewer', 'viewer@example.com');
  await disableUser(database.db, 'viewer@example.com', NOW, TESTER);
  await disableUser(database.db, 'viewer@example.com', NOW, TESTER);
  expect(await knownUser(database.db, 'viewer@example.com')).toMatchObject({ disabled_at: NOW });
  await enableUser(database.db, 'viewer@example.com', TESTER);
  expect(await enabled()).toEqual(['admin@example.com', 'viewer@example.com']);
});

it('says whom it does not know', async () => {
  const unknown = { code: 'not_found', message: 'There is no user nobody@example.com.' };
  await expect(disableUser(database.db, 'nobody@example.com', NOW, TESTER)).rejects.toMatchObject(unknown);
  await expect(enableUser(database.db, 'nobody@example.com', TESTER)).rejects.toMatchObject(unknown);
});

it('keeps an address once, whatever its case', async () => {
  await add('viewer', 'Maria@Example.com');
  const again = database.db
    .transaction()
    .execute((tx) => insertUser(tx, { email: 'maria@example.COM', name: 'Maria', role: 'admin' }, HASH));
  expect(await again).toBeNull();
  expect(await listUsers(database.db)).toMatchObject([{ email: 'maria@example.com', role: 'viewer' }]);
});
