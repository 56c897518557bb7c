import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { movedSession } from '../../test/factories.ts';
import {
  addressOf,
  type Environment,
  expectGone,
  type RunningProgram,
  runProgram,
  serversOn,
  startProgram,
  temporaryFolder,
  workerOf,
} from '../../test/processes.ts';

const PATIENCE = { timeout: 20_000, interval: 50 };

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
/** With a space, as in many a home. */
let dataDir: string;
let env: Environment;
let program: RunningProgram;
let address: string;

beforeAll(async () => {
  folder = await temporaryFolder();
  dataDir = join(folder.path, 'my data');
  env = { DATA_DIR: dataDir, PORT: '0' };
  await start();
});
afterEach(({ task }) => {
  if (task.result?.state === 'fail') process.stderr.write(program.said());
});
afterAll(async () => {
  program.signalGroup('SIGTERM');
  await program.ended;
  await folder.remove();
});

describe('start on an empty data directory', () => {
  it('makes 100 tutors with 3,000 sessions to look at', async () => {
    expect(program.said()).toContain('sessions: 3,000 of 3,000');
    expect(await totalTutors()).toBe(100);
  });

  it('says where the API and the key are, and keeps the key itself from logs', async () => {
    const key = await apiKey();
    expect(program.said()).toContain(`API key: ${join(dataDir, 'api-key')}\n`);
    expect(program.said()).toContain(`${address}/api/docs`);
    expect(key.length).toBeGreaterThan(40);
    expect(program.said()).not.toContain(key);
    expect((await stat(join(dataDir, 'api-key'))).mode & 0o777).toBe(0o600);
  });

  it('prints a line for the shell that posts a session, which is scored without any help', async () => {
    const line = /^ {2}(curl .*)$/m.exec(program.said())?.[1] ?? '';
    const tutorId = /"tutor_id":"([^"]+)"/.exec(line)?.[1] ?? '';
    const { stdout } = await promisify(execFile)('sh', ['-c', line]);
    expect(JSON.parse(stdout)).toMatchObject({ status: 'accepted', outcome: 'created' });
    await expectScored(tutorId);
  });

  it('refuses a second instance on the same data, and goes on', async () => {
    const second = await runProgram(['start'], env);
    expect(second).toMatchObject({ code: 1, stdout: '' });
    expect(second.stderr).toBe(
      `Another instance of the app is running on ${dataDir}. Stop it first, or give this one a DATA_DIR of its own.\n`,
    );
    expect(await totalTutors()).toBe(101);
  });

  it('starts its worker again when that is killed', async () => {
    const worker = await workerOf(program);
    process.kill(worker, 'SIGKILL');
    const tutorId = await postMove();
    expect(await workerOf(program, worker)).not.toBe(worker);
    await expectScored(tutorId);
  });
});

describe('start', () => {
  it('stops at Ctrl-C, which reaches the worker too, and leaves no process behind', async () => {
    const pids = await allPids();
    program.signalGroup('SIGINT');
    expect(await program.ended).toMatchObject({ code: 0, signal: null });
    await expectGone(pids);
    // Whoever stops on purpose has no need to read of it.
    expect(program.said()).toMatch(/the data stay\.\n$|starting it again"\}\n$/);
  });

  it('finds its data and its key at the next start', async () => {
    const key = await apiKey();
    await start();
    expect(program.said()).not.toContain('empty');
    expect(await totalTutors()).toBe(102);
    expect(await apiKey()).toBe(key);
  });

  it('recovers when all of it was killed', async () => {
    const tutorId = await postMove();
    process.kill(await workerOf(program), 'SIGKILL');
    program.signalGroup('SIGKILL');
    expect(await program.ended).toMatchObject({ signal: 'SIGKILL' });
    await start();
    expect(await totalTutors()).toBe(103);
    await expectScored(tutorId);
  });

  it('takes the worker along when it alone was killed', async () => {
    const worker = await workerOf(program);
    process.kill(program.pid, 'SIGKILL');
    await program.ended;
    await expectGone([worker, ...(await serversOn(dataDir))]);
    await start();
    expect(await totalTutors()).toBe(103);
  });

  it('stops at SIGTERM, which reaches it alone, and leaves no process behind', async () => {
    const pids = await allPids();
    process.kill(program.pid, 'SIGTERM');
    expect(await program.ended).toMatchObject({ code: 0, signal: null });
    await expectGone(pids);
  });
});

async function start(): Promise<void> {
  program = startProgram(['start'], env);
  address = await addressOf(program);
}

async function apiKey(): Promise<string> {
  return (await readFile(join(dataDir, 'api-key'), 'utf8')).trim();
}

async function ask(path: string, body?: object) {
  const headers = { 'x-api-key': await apiKey(), 'content-type': 'application/json' };
  const post = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
  const answer = await fetch(`${address}${path}`, { headers, ...post });
  return { status: answer.status, body: await answer.json() };
}

async function totalTutors(): Promise<unknown> {
  return (await ask('/api/tutors?limit=1')).body.total;
}

/** A new tutor's first session, moved by the tutor. */
async function postMove(): Promise<string> {
  const tutor_id = randomUUID();
  expect((await ask('/api/sessions', movedSession({ tutor_id }))).status).toBe(202);
  return tutor_id;
}

async function expectScored(tutorId: string): Promise<void> {
  await vi.waitFor(async () => {
    expect((await ask(`/api/tutors/${tutorId}`)).body).toMatchObject({
      tutor: {
        scores: { reschedule_rate_7d: 100, is_high_risk: true },
        statistics: { total_sessions_7d: 1, tutor_reschedules_7d: 1 },
      },
    });
  }, PATIENCE);
}

async function allPids(): Promise<number[]> {
  const servers = await serversOn(dataDir);
  expect(servers).not.toEqual([]);
  return [program.pid, await workerOf(program), ...servers];
}
