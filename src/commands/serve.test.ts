import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { completedSession } from '../../test/factories.ts';
import { getJson, postSession } from '../../test/http.ts';
import { workerOf } from '../../test/process-table.ts';
import { hasPostgres, type Program, programs } from '../../test/processes.ts';

const app = programs();
const SWEPT = 'tq_job_last_success_timestamp_seconds{job="window edges",process="worker"}';

describe('npm start', { timeout: 150_000 }, () => {
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
  const metrics = async () => (await fetch(`${address}/api/metrics`, { headers: { 'x-api-key': key } })).text();
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
    expect(said).toContain('sessions: 3,000 of 3,000 (100 %)');
  });

  test('prints a line that posts a session, whatever the path of the key', async () => {
    const line = /^ +(curl .*)$/m.exec(running.stderr())?.[1] ?? '';
    const shell = spawn('sh', ['-c', line], { stdio: ['ignore', 'pipe', 'ignore'] });
    const [answer] = await Promise.all([text(shell.stdout), once(shell, 'close')]);
    expect(JSON.parse(answer)).toMatchObject({ status: 'accepted', outcome: 'created' });
    expect(await tutors()).toBe(101);
    const tutorId = /"tutor_id":"([^"]+)"/.exec(line)?.[1];
    const sent = () => getJson(address, `/api/reports?status=sent&tutor_id=${tutorId}`, key);
    await vi.waitFor(async () => expect(await sent()).toMatchObject({ total: 1 }), { timeout: 20_000 });
    const said = await metrics();
    expect(said).toMatch(/^tq_score_latency_seconds_count\{process="worker"\} [1-9]/m);
    expect(said).toMatch(/^tq_mail_sends_total\{provider="outbox",outcome="sent",process="worker"\} [1-9]/m);
    expect(said).toContain('tq_ingest_sessions_total{outcome="created",process="api"} 1\n');
  });

  test('runs its worker as a process of its own, and starts it again when that is killed', async () => {
    const worker = await workerOf(running.pid);
    process.kill(worker, 'SIGKILL');
    const next = await workerOf(running.pid, worker);
    expect(next).not.toBe(worker);
    expect(await tutors()).toBe(101);
  });

  test('tells the metrics of its worker beside its own, as soon as that is there', async () => {
    await vi.waitFor(async () => expect(await metrics()).toContain(SWEPT), { timeout: 20_000, interval: 500 });
    const said = await metrics();
    for (const name of ['api', 'worker']) expect(said).toContain(`tq_build_info{version="0.1.0",process="${name}"} 1`);
    expect(said.match(/^# TYPE tq_build_info /gm)).toHaveLength(1);
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
