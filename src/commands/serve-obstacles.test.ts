import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../test/database.ts';
import { expectGone, serversOn, workerOf } from '../../test/process-table.ts';
import { programs } from '../../test/processes.ts';
import { tutorList } from '../contract/tutors.ts';

const API_KEY = 'test-key-0123456789abcdef';

const { run, start, newDir } = programs();

let database: TestDatabase;
let taken: Server;
let port: string;

beforeAll(async () => {
  database = await createTestDatabase({ empty: true });
  taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  const address = taken.address();
  port = String(typeof address === 'object' ? address?.port : '');
});
afterAll(async () => {
  taken.close();
  await database.drop();
});

describe('start', () => {
  it('says that its port is in use, and leaves no process behind', async () => {
    const dataDir = await newDir();
    const ended = await run(['start', '--empty'], { LOG_LEVEL: 'warn', DATA_DIR: dataDir, PORT: port });
    expect(ended).toMatchObject({
      code: 1,
      stderr: `Port ${port} of 127.0.0.1 is in use. Stop what uses it, or choose another PORT.\n`,
    });
    await expectGone(await serversOn(dataDir));
    expect(existsSync(join(dataDir, 'postgres', 'postmaster.pid'))).toBe(false);
  });

  it('adds no demo data with --empty, nor to a database that has a tutor', async () => {
    const env = { LOG_LEVEL: 'warn', DATABASE_URL: database.connectionString, API_KEY };
    const tutorsAfter = async (args: string[], name: string) => {
      const program = await start(['start', ...args], env);
      const address = await program.says(/runs at (\S+)/);
      const headers = { 'x-api-key': API_KEY, 'content-type': 'application/json' };
      const { total } = tutorList
        .pick({ total: true })
        .parse(await (await fetch(`${address}/api/tutors`, { headers })).json());
      const url = `${address}/api/tutors/0d9b6a14-33a4-4f0e-8b7a-5f0a3c1b2d99`;
      expect(await fetch(url, { method: 'PUT', headers, body: JSON.stringify({ name }) })).toMatchObject({ ok: true });
      const worker = await workerOf(program.pid);
      const { code, stderr } = await program.stop('SIGTERM');
      await expectGone([worker]);
      return { total, code, said: stderr.includes('API key: as set in API_KEY'), key: stderr.includes(API_KEY) };
    };
    expect(await tutorsAfter(['--empty'], 'Ada')).toEqual({ total: 0, code: 0, said: true, key: false });
    expect(await tutorsAfter([], 'Eve')).toEqual({ total: 1, code: 0, said: true, key: false });
  });

  it('refuses production without secrets before it does anything', async () => {
    const dataDir = join(await newDir(), 'none yet');
    const { code, stderr } = await run(['start'], { DATA_DIR: dataDir, ENVIRONMENT: 'production' });
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr:
        'The configuration has 2 problems:\n  - API_KEY: is required in production\n  - SECRET_KEY: is required in production\n',
    });
    expect(existsSync(dataDir)).toBe(false);
  });
});

describe.each(['api', 'worker'])('%s', (command) => {
  it('asks for a migrated database, and ends', async () => {
    const empty = await createTestDatabase({ empty: true });
    try {
      const env = { LOG_LEVEL: 'warn', DATABASE_URL: empty.connectionString, API_KEY };
      expect(await run([command], env)).toMatchObject({
        code: 1,
        stderr: 'The database is not migrated. Run: npm run setup-db -- --init\n',
      });
    } finally {
      await empty.drop();
    }
  });

  it('says that the database cannot be reached, and ends', async () => {
    const env = { LOG_LEVEL: 'warn', DATABASE_URL: 'postgres://127.0.0.1:1/none' };
    const { code, stderr } = await run([command], env);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^The database cannot be reached: is DATABASE_URL right\?.*\n$/);
  });
});
