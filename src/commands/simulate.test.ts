import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../test/database.ts';
import {
  addressOf,
  type Environment,
  type RunningProgram,
  runProgram,
  startProgram,
  temporaryFolder,
} from '../../test/processes.ts';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let database: TestDatabase;
let env: Environment;
let api: RunningProgram;
let address: string;
beforeAll(async () => {
  folder = await temporaryFolder();
  database = await createTestDatabase();
  env = { DATA_DIR: folder.path, DATABASE_URL: database.connectionString, PORT: '0' };
  api = startProgram(['api'], env);
  address = await addressOf(api);
});
afterAll(async () => {
  api.signalGroup('SIGTERM');
  await api.ended;
  await database.drop();
  await folder.remove();
});

const simulate = (...args: string[]) => ['simulate', '--speed', '100000', '--url', address, ...args];

describe('simulate', () => {
  it('posts so many sessions, all of which are accepted', async () => {
    const { code, stderr } = await runProgram(simulate('--count', '20'), env);
    expect(code).toBe(0);
    expect(stderr).toMatch(/^20 accepted, 0 refused in [\d.]+ s\.$/m);
    const { total } = await database.db
      .selectFrom('sessions')
      .select(({ fn }) => fn.countAll().as('total'))
      .executeTakeFirstOrThrow();
    expect(Number(total)).toBe(20);
  });

  it('stops at Ctrl-C, and says what it did', async () => {
    const program = startProgram(simulate(), { ...env, LOG_LEVEL: 'silent' });
    await vi.waitFor(async () => {
      const rows = await database.db.selectFrom('sessions').select('id').execute();
      expect(rows.length).toBeGreaterThan(20);
    });
    program.signalGroup('SIGINT');
    const { code, stderr } = await program.ended;
    expect(code).toBe(0);
    expect(stderr).toMatch(/^\d+ accepted, 0 refused/m);
  });

  it('shows what the API says when the key is another one, and ends with 1', async () => {
    const other = { DATA_DIR: join(folder.path, 'elsewhere'), PORT: '0' };
    const { code, stderr } = await runProgram(simulate('--count', '1'), other);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^401: /m);
    expect(stderr).toMatch(/^0 accepted, 1 refused/m);
  });
});
