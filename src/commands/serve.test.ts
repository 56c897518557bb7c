import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { completedSession } from '../../test/factories.ts';
import { getJson, postSession } from '../../test/http.ts';
import { hasPostgres, type Program, programs } from '../../test/processes.ts';

const app = programs();

describe('npm start', { timeout: 60_000 }, () => {
  let dataDir: string;
  let running: Program;
  let address: string;
  let key: string;

  beforeAll(async () => {
    dataDir = join(await app.newDir(), "it's all here");
    await mkdir(dataDir);
  });

  const start = async (): Promise<void> => {
    running = await app.start(['start'], { DATA_DIR: dataDir, LOG_LEVEL: 'warn' });
    address = await running.says(/runs at (http:\S+)/);
    key = (await readFile(join(dataDir, 'api-key'), 'utf8')).trim();
  };
  const overview = () => getJson(address, '/api/overview', key);
  const tutors = async () => (await getJson(address, '/api/tutors?limit=1', key))['total'];

  test('makes a database, fills it, and says where the API and its key are, not the key itself', async () => {
    await start();
    const said = running.stderr();
    expect(said).toContain(`API documentation: ${address}/api/docs`);
    expect(said).toContain(join(dataDir, 'api-key'));
    expect(key).toMatch(/^[\w-]{43}$/);
    expect(said).not.toContain(key);
    expect((await stat(join(dataDir, 'api-key'))).mode & 0o777).toBe(0o600);
    expect(await tutors()).toBe(100);
    expect(await overview()).toMatchObject({ sessions: { total: 3000 } });
  });

  test('prints a line that posts a session, whatever the path of the key', async () => {
    const line = /^ +(curl .*)$/m.exec(running.stderr())?.[1] ?? '';
    const shell = spawn('sh', ['-c', line], { stdio: ['ignore', 'pipe', 'ignore'] });
    const [answer] = await Promise.all([text(shell.stdout), once(shell, 'close')]);
    expect(JSON.parse(answer)).toMatchObject({ status: 'accepted', outcome: 'created' });
    expect(await tutors()).toBe(101);
    await vi.waitFor(
      async () => expect(await getJson(address, '/api/reports?status=sent', key)).toMatchObject({ total: 1 }),
      { timeout: 20_000 },
    );
  });

  test('admits no second instance on the same data', async () => {
    const second = await app.run(['start'], { DATA_DIR: dataDir });
    expect(second.code).toBe(1);
    expect(second.stderr).toContain(`Another instance of the app is running on ${dataDir}. Stop it first`);
    expect(second.stderr).not.toContain('    at ');
    expect(await tutors()).toBe(101);
  });

  test('stops by Ctrl-C, and its database with it', async () => {
    expect(await running.stopAll('SIGINT')).toMatchObject({ code: 0 });
    expect(await hasPostgres(dataDir)).toBe(false);
    expect(running.stderr()).not.toMatch(/error|fatal/i);
  });

  test('keeps the data and the key, and adds none of its own', async () => {
    const before = key;
    await start();
    expect([await tutors(), key]).toEqual([101, before]);
    expect(await postSession(address, completedSession(), key)).toMatchObject({ status: 202 });
  });

  test('is followed by its worker and its database when it is killed alone', async () => {
    expect(await running.stop('SIGKILL')).toMatchObject({ signal: 'SIGKILL' });
    await vi.waitFor(async () => expect(await hasPostgres(dataDir)).toBe(false), { timeout: 20_000 });
  });

  test('finds everything again after all of it was killed, and stops by SIGTERM', async () => {
    await start();
    await postSession(address, completedSession(), key);
    await running.kill();
    expect(await hasPostgres(dataDir)).toBe(true);
    await start();
    expect(await tutors()).toBe(103);
    expect(await running.stop('SIGTERM')).toMatchObject({ code: 0 });
    expect(await hasPostgres(dataDir)).toBe(false);
  });
});

test('an empty start makes no data, and one whose port is taken says so and leaves nothing running', async () => {
  const dataDir = await app.newDir();
  const first = await app.start(['start', '--empty'], { DATA_DIR: dataDir, LOG_LEVEL: 'warn' });
  const address = await first.says(/runs at (http:\S+)/);
  const key = (await readFile(join(dataDir, 'api-key'), 'utf8')).trim();
  expect(await getJson(address, '/api/tutors', key)).toMatchObject({ total: 0 });

  const other = await app.newDir();
  const PORT = new URL(address).port;
  const second = await app.run(['start', '--empty'], { DATA_DIR: other, PORT, LOG_LEVEL: 'warn' });
  expect(second.code).toBe(1);
  expect(second.stderr).toContain(`Port ${PORT} of 127.0.0.1 is in use.`);
  expect(await hasPostgres(other)).toBe(false);
  expect(await first.stop('SIGTERM')).toMatchObject({ code: 0 });
}, 60_000);
