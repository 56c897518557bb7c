import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type RawBuilder, sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connect, type Db } from '../../src/database/connection.ts';
import { createTestApp, SECRET, type TestApp } from '../app.ts';
import { createTestDatabase, type TestDatabase } from '../database.ts';
import { movedSession } from '../factories.ts';
import { programs } from '../processes.ts';
import { PASSWORD, signIn } from '../sign-in.ts';

const GRANTS = join(import.meta.dirname, '..', '..', 'docs', 'operation', 'database-role.sql');
const app = programs();

let owners: TestDatabase;
let role: string;
let url: string;
let db: Db;
let api: TestApp;
beforeAll(async () => {
  owners = await createTestDatabase();
  role = `app_${randomBytes(6).toString('hex')}`;
  const password = randomBytes(12).toString('hex');
  const asRole = new URL(owners.connectionString);
  const database = asRole.pathname.slice(1);
  const grants = (await readFile(GRANTS, 'utf8')).replaceAll('tutor_quality_app', role);
  await sql.raw(`create role ${role} login password '${password}' noinherit`).execute(owners.db);
  await sql.raw(grants).execute(owners.db);
  await sql.raw(`grant create on database ${database} to ${role}`).execute(owners.db);
  [asRole.username, asRole.password] = [role, password];
  url = asRole.toString();
  db = connect(url);
  api = await createTestApp({}, { ...owners, db });
});
afterAll(async () => {
  await api.close();
  await db.destroy();
  const admin = await createTestDatabase({ empty: true });
  await owners.drop();
  await sql.raw(`drop role ${role}`).execute(admin.db);
  await admin.drop();
});

describe('a role with the rights that are documented, and no others', () => {
  it('is enough for every route', async () => {
    const { tutor_id, ...session } = movedSession();
    const { headers } = await signIn(api, 'admin');
    const sent = { ...session, tutor_id };
    expect((await api.send({ method: 'POST', url: '/api/sessions', payload: sent })).statusCode).toBe(202);
    expect(
      (await api.send({ method: 'POST', url: '/api/sessions/batch', payload: { sessions: [sent] } })).statusCode,
    ).toBe(202);
    await api.work();
    const paths: Record<string, { get?: object }> = JSON.parse(JSON.stringify(api.app.swagger().paths));
    const reads = Object.entries(paths).filter(([path, { get }]) => get !== undefined && path !== '/api/events');
    const { id: report } = await db.selectFrom('email_reports').select('id').executeTakeFirstOrThrow();
    for (const [path] of reads) {
      const id = path.startsWith('/api/reports') ? report : tutor_id;
      const query = path === '/api/threshold' ? '?risk_threshold=20' : '';
      expect([path, (await api.send({ url: path.replace('{id}', id) + query, headers })).statusCode]).toEqual([
        path,
        200,
      ]);
    }
    const change = async (method: 'POST' | 'PUT', path: string, payload?: object) =>
      (await api.send({ method, url: path, headers, ...(payload === undefined ? {} : { payload }) })).statusCode;
    expect(await change('PUT', `/api/tutors/${tutor_id}`, { name: 'Ada Byron', is_active: false })).toBe(200);
    expect(await change('PUT', '/api/settings', { risk_threshold: 20 })).toBe(200);
    expect(await change('POST', `/api/reports/${report}/resend`)).toBe(409);
    const passwords = { current_password: PASSWORD, new_password: 'battery horse correct' };
    expect(await change('POST', '/api/me/password', passwords)).toBe(204);
    expect(await change('POST', '/api/sign-out')).toBe(401);
  });

  it('is enough for a worker with all that it does by itself, and its queue', { timeout: 60_000 }, async () => {
    const worker = await app.start(['worker'], {
      DATABASE_URL: url,
      ENVIRONMENT: 'production',
      API_KEY: 'a-key-of-the-tests-123',
      SECRET_KEY: SECRET,
      RETENTION_DAYS: '365',
      LOG_LEVEL: 'debug',
    });
    await api.send({ method: 'POST', url: '/api/sessions', payload: movedSession() });
    await worker.says(/"msg":"report sent"/);
    const { stderr } = await worker.stop('SIGTERM');
    expect(stderr).not.toMatch(/permission denied|"code":"42501"|"level":50/);
  });

  it('has no right to change what was noted, whatever the trigger would say, nor the list of migrations', async () => {
    const { rows } = await sql`
      select has_table_privilege('audit_log', 'update') as noted, has_table_privilege('audit_log', 'insert') as notes,
             has_table_privilege('kysely_migration', 'insert, update, delete, truncate') as migrations,
             has_schema_privilege('public', 'create') as tables
    `.execute(db);
    expect(rows).toEqual([{ noted: false, notes: true, migrations: false, tables: false }]);
  });

  it.each<[what: string, statement: RawBuilder<unknown>]>([
    ['make a table', sql`create table mine (id int)`],
    ['change one', sql`alter table tutors add column more text`],
    ['drop one', sql`drop table tutor_scores`],
    ['take a trigger away', sql`drop trigger audit_log_append_only on audit_log`],
    ['switch triggers off', sql`set session_replication_role = replica`],
    ['empty a table', sql`truncate sessions cascade`],
    ['change what was noted', sql`update audit_log set actor_id = 'somebody else'`],
    ['pretend a migration', sql`insert into kysely_migration (name, timestamp) values ('9999', '')`],
    ['make a role', sql`create role another superuser`],
    ['read a file of the server', sql`select pg_read_file('/etc/passwd')`],
    ['run a program on the server', sql`copy (select 1) to program 'true'`],
  ])('cannot %s', async (_what, statement) => {
    await expect(statement.execute(db)).rejects.toMatchObject({ code: '42501' });
  });
});
