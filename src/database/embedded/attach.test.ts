import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';

import { attachEmbeddedPostgres, claimInstance } from './attach.ts';
import { exists } from './scratch.ts';
import {
  attach,
  attachInChild,
  cleanUp,
  countAttached,
  isRoot,
  kill,
  modeOf,
  postmasterPid,
  rowsOf,
  temporaryDir,
} from './test-kit.ts';

cleanUp();

describe('the embedded server', { timeout: 60_000 }, () => {
  let dataDir: string;

  beforeAll(async () => {
    dataDir = await temporaryDir();
  });

  test('is started by the first who comes, shared, and stopped by the last who leaves', async () => {
    const first = await attach(dataDir);
    const second = await attach(dataDir);
    expect(second.connectionString).toBe(first.connectionString);

    await first.release();
    await first.release();
    expect(await rowsOf(second, 'select 1 as one')).toEqual([{ one: 1 }]);

    await second.release();
    await expect(rowsOf(second, 'select 1')).rejects.toThrow(/ENOENT/);
    expect((await readdir(dataDir)).sort()).toEqual(['postgres', 'postgres-password', 'postgres.log']);
    expect(await exists(join(dataDir, 'postgres', 'postmaster.pid'))).toBe(false);
  });

  test('speaks UTF-8 and UTC, checks its pages, and listens on its private socket only', async () => {
    const embedded = await attach(dataDir);
    const settings = await rowsOf(
      embedded,
      `select current_setting('server_encoding') as encoding, current_setting('timezone') as timezone,
              current_setting('data_checksums') as checksums, current_setting('listen_addresses') as addresses,
              current_setting('unix_socket_directories') as socket, lower('ÄÖ') as folded, current_database() as database`,
    );
    expect(settings).toEqual([
      {
        encoding: 'UTF8',
        timezone: 'UTC',
        checksums: 'on',
        addresses: '',
        socket: `"${join(dataDir, 'postgres')}"`,
        folded: 'äö',
        database: 'tutor_quality',
      },
    ]);
    await expect(rowsOf(embedded, 'select 1', 'wrong')).rejects.toThrow(/password authentication failed/);
    expect(await modeOf(join(dataDir, 'postgres-password'))).toBe(0o600);
  });

  test('runs as root as another user, whom a private data directory lets pass and no more', async () => {
    const embedded = await attach(dataDir);
    const { uid } = await stat(join(embedded.dataDir, 'postgres'));
    expect(await modeOf(dataDir)).toBe(isRoot ? 0o701 : 0o700);
    expect(uid === process.getuid?.()).toBe(!isRoot);
  });

  test('keeps the data from one start to the next', async () => {
    const first = await attach(dataDir);
    await rowsOf(first, 'create table kept as select 42 as answer');
    await first.release();

    const second = await attach(dataDir);
    expect(await rowsOf(second, 'select answer from kept')).toEqual([{ answer: 42 }]);
  });

  test('outlives a process that is killed with its whole group, and is taken over by the next', async () => {
    const child = await attachInChild(dataDir);
    const orphan = await postmasterPid(dataDir);
    await kill(child);

    const next = await attach(dataDir);
    expect(await postmasterPid(dataDir)).toBe(orphan);
    await countAttached(next, 1);
    await next.release();
    expect(await exists(join(dataDir, 'postgres', 'postmaster.pid'))).toBe(false);
  });

  test('comes back with everything committed after it is killed, and still counts who is attached', async () => {
    const notices: string[] = [];
    const first = await attach(dataDir, (message) => notices.push(message));
    await rowsOf(first, 'create table committed as select generate_series(1, 1000) as n');
    process.kill(await postmasterPid(dataDir), 'SIGKILL');

    const second = await attach(dataDir);
    expect(await rowsOf(second, 'select count(*)::int as rows from committed')).toEqual([{ rows: 1000 }]);
    await countAttached(second, 2);
    expect(notices).toContain('the connection to PostgreSQL was lost; restoring it');

    await second.release();
    expect(await rowsOf(first, 'select count(*)::int as rows from committed')).toEqual([{ rows: 1000 }]);
  });

  test('starts although a stranger has the process number of a server that died with the machine', async () => {
    const cluster = join(dataDir, 'postgres');
    const { uid, gid } = await stat(cluster);
    const stranger = spawn('sleep', ['600'], { cwd: '/', uid, gid });
    onTestFinished(() => void stranger.kill());
    await once(stranger, 'spawn');
    await writeFile(join(cluster, 'postmaster.pid'), `${stranger.pid}\n${cluster}\n1700000000\n5432\n${cluster}\n\n`);
    await writeFile(join(cluster, '.s.PGSQL.5432.lock'), `${stranger.pid}\n`);

    const embedded = await attach(dataDir);
    expect(await postmasterPid(dataDir)).not.toBe(stranger.pid);
    expect(await rowsOf(embedded, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  test('says why it does not start', async () => {
    const embedded = attachEmbeddedPostgres(dataDir, () => undefined, { shared_buffers: 'nonsense' });
    await expect(embedded).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringMatching(/did not start: .*invalid value for parameter "shared_buffers"/),
    });
  });

  test('admits one app instance at a time, and the next as soon as one is killed', async () => {
    const child = await attachInChild(dataDir, 'claim');
    const embedded = await attach(dataDir);
    await expect(claimInstance(embedded)).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining(dataDir),
    });
    await kill(child);
    const claim = await claimInstance(embedded);
    await claim.release();
    const again = await claimInstance(embedded);
    await again.release();
  });

  test('clears what crashed builds left, and leaves alone what a living process builds', async () => {
    const crashed = spawn('true');
    await once(crashed, 'exit');
    const alive = join(dataDir, `scratch-${process.pid}-b`);
    await mkdir(join(dataDir, `scratch-${crashed.pid}-a`, 'cluster'), { recursive: true });
    await mkdir(alive);

    await attach(dataDir);
    expect((await readdir(dataDir)).filter((name) => name.startsWith('scratch-'))).toEqual([
      `scratch-${process.pid}-b`,
    ]);
    await rm(alive, { recursive: true });
  });

  test('falls back to a short socket directory when its path is too long', async () => {
    const moved = join(await temporaryDir(0o755), `a, "b" & c ${'ü'.repeat(60)}`);
    await rename(dataDir, moved);
    dataDir = moved;
    const embedded = await attach(dataDir);
    const host = new URL(embedded.connectionString).searchParams.get('host') ?? '';
    onTestFinished(() => rm(host, { recursive: true, force: true }));
    expect(host).toMatch(/^\/tmp\/tutor-quality-\d+-[0-9a-f]{16}$/);
    expect(await modeOf(host)).toBe(0o700);
    expect(await rowsOf(embedded, 'select answer from kept')).toEqual([{ answer: 42 }]);
  });
});
