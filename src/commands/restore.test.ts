import { createHash, randomUUID } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { sql } from 'kysely';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { allRows, countOf, fillWithTraps } from '../../test/all-rows.ts';
import { createTestDatabase, type TestDatabase } from '../../test/database.ts';
import { fillEveryTable } from '../../test/every-table.ts';
import { programs } from '../../test/processes.ts';
import { migrateDown } from '../database/migrate.ts';

const { run, newDir } = programs();

async function newDatabase(): Promise<TestDatabase> {
  const database = await createTestDatabase();
  onTestFinished(() => database.drop());
  return database;
}

const call = (database: TestDatabase, ...args: string[]) =>
  run(args, { LOG_LEVEL: 'warn', DATABASE_URL: database.connectionString });

describe('a restore', () => {
  let folder: string;
  let good: string;
  beforeAll(async () => {
    folder = await newDir();
    good = join(folder, 'good.gz');
    const source = await createTestDatabase();
    await fillWithTraps(source.db);
    await call(source, 'backup', good);
    await source.drop();
  });

  const packed = (change: (text: string) => string) => async () =>
    gzipSync(change(gunzipSync(await readFile(good)).toString()));

  it.each<[what: string, content: () => Promise<Buffer>]>([
    ['is cut short', async () => (await readFile(good)).subarray(0, -200)],
    ['is cut short in its first bytes', async () => (await readFile(good)).subarray(0, 5)],
    ['is empty', async () => Buffer.alloc(0)],
    ['is something else', async () => Buffer.from('id,name\n1,Ada\n')],
    ['lacks its last line', packed((text) => text.slice(0, text.trimEnd().lastIndexOf('\n') + 1))],
    ['has another name in it', packed((text) => text.replace('Maria Lopez', 'Mario Lopez'))],
    ['lacks a row', packed((text) => text.replace(/^.*\tMaria Lopez\t.*\n/m, ''))],
    ['lacks a table', packed((text) => text.replace(/^\{"table":"settings"[^]*?\n\\\.\n/m, ''))],
    ['goes on behind its end', packed((text) => `${text}more\n`)],
  ])('refuses a file that %s, and changes nothing', async (_, content) => {
    const target = await newDatabase();
    await fillEveryTable(target.db);
    const before = await allRows(target.db);
    const file = join(folder, `${randomUUID()}.gz`);
    await writeFile(file, await content());
    const { code, stderr } = await call(target, 'restore', file, '--replace');
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining(`${file} is not a whole backup: `) });
    expect(stderr).not.toMatch(/^ +at /m);
    expect(await allRows(target.db)).toEqual(before);
  });

  it('says which file is not there', async () => {
    const { code, stderr } = await call(await newDatabase(), 'restore', join(folder, 'none.gz'));
    expect({ code, stderr }).toMatchObject({ code: 1, stderr: expect.stringContaining('ENOENT') });
  });

  it('deletes what is stored only when it is told to', async () => {
    const target = await newDatabase();
    await fillEveryTable(target.db);
    await target.db.updateTable('tutors').set({ name: 'Somebody else' }).execute();
    const refused = await call(target, 'restore', good);
    expect(refused).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('The database is not empty: users has rows.'),
    });
    await call(target, 'restore', good, '--replace');
    const names = await target.db.selectFrom('tutors').select('name').where('name', '=', 'Somebody else').execute();
    expect([names, await countOf(target.db, 'tutors')]).toEqual([[], 9]);
  });

  it('refuses a database of another version, and says which', async () => {
    const target = await newDatabase();
    const file = join(folder, 'older.gz');
    const text = gunzipSync(await readFile(good)).toString();
    const migrations = JSON.parse(text.slice(0, text.indexOf('\n'))).migrations.slice(0, -1);
    await writeFile(file, gzipSync(ofVersion(text, migrations)));
    const { code, stderr } = await call(target, 'restore', file);
    expect(code).toBe(1);
    expect(stderr).toContain(`The backup is of schema ${migrations.at(-1)}, the database of`);
    await migrateDown(target.db);
    expect((await call(target, 'restore', good)).stderr).toContain('The database is not migrated.');
  });

  it('waits for nobody for long, and says who is in the way', async () => {
    const target = await newDatabase();
    await target.db.connection().execute(async (db) => {
      await sql`begin`.execute(db);
      await sql`lock table sessions in access share mode`.execute(db);
      const { code, stderr } = await call(target, 'restore', good);
      expect({ code, stderr }).toEqual({
        code: 1,
        stderr: 'The database is in use. Stop API and workers, and try again.\n',
      });
      await sql`rollback`.execute(db);
    });
  });

  it('finds what does not hang together in what came in', async () => {
    const target = await newDatabase();
    const { code, stdout } = await call(target, 'restore', good);
    // A score of the sample rows is no count of its sessions.
    expect(code).toBe(1);
    expect(stdout).toContain('ok     every session has its tutor\n');
    expect(stdout).toMatch(/^FAULT {2}/m);
  });
});

/** The same backup, of another version, with the checksum that belongs to it. */
function ofVersion(text: string, migrations: string[]): string {
  const lines = text.trimEnd().split('\n');
  const end = JSON.parse(lines.pop() ?? '');
  const head = { ...JSON.parse(lines.shift() ?? ''), migrations };
  const body = `${[JSON.stringify(head), ...lines].join('\n')}\n`;
  return `${body}${JSON.stringify({ ...end, sha256: createHash('sha256').update(body).digest('hex') })}\n`;
}
