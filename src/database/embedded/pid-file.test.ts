import { readdir, readFile, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

import { isServerOf, readPidFile, removeStale } from './pid-file.ts';
import { cleanUp, temporaryDir } from './test-kit.ts';

cleanUp();

describe('the lock file of a server', () => {
  test('is read as far as it is written', async () => {
    const cluster = await temporaryDir();
    expect(await readPidFile(cluster)).toBe(null);
    await writeFile(join(cluster, 'postmaster.pid'), '');
    expect(await readPidFile(cluster)).toEqual({ pid: 0, socketDir: '' });
    await writeFile(join(cluster, 'postmaster.pid'), '123\n/data\n1700000000\n5432\n');
    expect(await readPidFile(cluster)).toEqual({ pid: 123, socketDir: '' });
    await writeFile(join(cluster, 'postmaster.pid'), '123\n/data\n1700000000\n5432\n/run\n\n  77 88\nready   \n');
    expect(await readPidFile(cluster)).toEqual({ pid: 123, socketDir: '/run' });
  });

  test('is not believed when its process is another program', async () => {
    const cluster = await temporaryDir();
    expect(await isServerOf(cluster, { pid: process.pid, socketDir: cluster })).toBe(false);
  });

  test('is respected while it is empty and new, and rubbish when it is empty and old', async () => {
    const cluster = await temporaryDir();
    const path = join(cluster, 'postmaster.pid');
    await writeFile(path, '');
    expect(await isServerOf(cluster, { pid: 0, socketDir: '' })).toBe(true);
    await utimes(path, 1_700_000_000, 1_700_000_000);
    expect(await isServerOf(cluster, { pid: 0, socketDir: '' })).toBe(false);
  });

  test('is taken away with that of the socket when a stranger has the number', async () => {
    const cluster = await temporaryDir();
    await writeFile(join(cluster, 'postmaster.pid'), `${process.pid}\n`);
    await writeFile(join(cluster, '.s.PGSQL.5432.lock'), `${process.pid}\n`);
    await removeStale(cluster, { pid: process.pid, socketDir: cluster });
    expect(await readdir(cluster)).toEqual([]);
    await removeStale(cluster, { pid: process.pid, socketDir: cluster });
  });

  test('stays when a new server has just replaced the dead one', async () => {
    const cluster = await temporaryDir();
    await writeFile(join(cluster, 'postmaster.pid'), '123456\n');
    await removeStale(cluster, { pid: process.pid, socketDir: '' });
    expect(await readdir(cluster)).toEqual(['postmaster.pid']);
    expect(await readFile(join(cluster, 'postmaster.pid'), 'utf8')).toBe('123456\n');
  });
});
