import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../test/database.ts';
import { programs } from '../../test/processes.ts';

const NEWEST = '0012-tutors-by-name';

const { run } = programs();
const quiet = (connectionString: string) => ({ LOG_LEVEL: 'warn', DATABASE_URL: connectionString });

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(async () => {
  await database.drop();
});

const migrate = (direction: string) => run(['migrate', direction], quiet(database.connectionString));

it('takes the newest migration back, says so, and brings it up again', async () => {
  expect(await migrate('down')).toMatchObject({ code: 0, stderr: `down ${NEWEST}\n` });
  const status = await migrate('status');
  expect(status.code).toBe(0);
  const lines = status.stdout.trimEnd().split('\n');
  expect(lines.at(-1)).toBe(`${NEWEST}  not applied`);
  expect(lines[0]).toMatch(/^0001-tutors-and-sessions {2}applied \d{4}-\d\d-\d\dT[\d:.]+Z$/);
  expect(await migrate('up')).toMatchObject({ code: 0, stderr: `up ${NEWEST}\n` });
  expect(await migrate('up')).toMatchObject({ code: 0, stderr: 'Nothing to do.\n' });
});

it('leaves a PostgreSQL that is too old alone, as do API, worker and setup-db, and says which one it takes', async () => {
  const old = await createTestDatabase({ empty: true });
  onTestFinished(old.drop);
  await sql`create schema older`.execute(old.db);
  await sql`
    create function older.current_setting(text) returns text language sql
    as 'select case $1 when ''server_version_num'' then ''130023'' else pg_catalog.current_setting($1) end'
  `.execute(old.db);
  const name = new URL(old.connectionString).pathname.slice(1);
  await sql`alter database ${sql.id(name)} set search_path = older, pg_catalog, public`.execute(old.db);

  const commands = [['migrate', 'up'], ['api'], ['worker'], ['setup-db', '--init']];
  const ends = await Promise.all(commands.map((command) => run(command, quiet(old.connectionString))));
  const refusal = { code: 1, stderr: 'PostgreSQL 14 or newer is needed; this one is 13.23.\n' };
  expect(ends).toMatchObject(commands.map(() => refusal));
  const { rows } = await sql`select 1 from pg_class where relnamespace = 'public'::regnamespace`.execute(old.db);
  expect(rows).toEqual([]);
});
