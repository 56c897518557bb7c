import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../test/database.ts';
import { type Environment, programs } from '../../test/processes.ts';

const PATIENCE = { timeout: 20_000, interval: 50 };

const { run, start, newDir } = programs();

let database: TestDatabase;
let env: Environment;
let address: string;
beforeAll(async () => {
  database = await createTestDatabase();
  env = { LOG_LEVEL: 'warn', DATA_DIR: await newDir(), DATABASE_URL: database.connectionString };
  const api = await start(['api'], env);
  address = await api.says(/runs at (\S+)/);
});
afterAll(async () => {
  await database.drop();
});

const simulate = (...args: string[]) => ['simulate', '--url', address, ...args];

describe('simulate', () => {
  it('posts so many sessions, all of which are accepted', async () => {
    const { code, stderr } = await run(simulate('--count', '20', '--speed', '100000'), env);
    expect(code).toBe(0);
    expect(stderr).toMatch(/^20 accepted, 0 refused in [\d.]+ s\.$/m);
    const { total } = await database.db
      .selectFrom('sessions')
      .select(({ fn }) => fn.countAll().as('total'))
      .executeTakeFirstOrThrow();
    expect(Number(total)).toBe(20);
  });

  it('stops at Ctrl-C, and says what it did', async () => {
    const program = await start(simulate('--speed', '1000'), env);
    await vi.waitFor(async () => {
      const rows = await database.db.selectFrom('sessions').select('id').execute();
      expect(rows.length).toBeGreaterThan(20);
    }, PATIENCE);
    const { code, stderr } = await program.stop('SIGINT');
    expect(code).toBe(0);
    expect(stderr).toMatch(/^\d+ accepted, 0 refused/m);
  });

  it('shows what the API says when the key is another one, and ends with 1', async () => {
    const other = { LOG_LEVEL: 'warn', DATA_DIR: join(await newDir(), 'none yet') };
    const { code, stderr } = await run(simulate('--count', '1'), other);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^401: /m);
    expect(stderr).toMatch(/^0 accepted, 1 refused/m);
  });
});
