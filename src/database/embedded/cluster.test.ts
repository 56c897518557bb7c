import { once } from 'node:events';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

import { messageOf } from '../../errors.ts';
import { attach, attachInChild, cleanUp, countAttached, isRoot, temporaryDir } from './test-kit.ts';

cleanUp();

describe('the making of a cluster', { timeout: 60_000 }, () => {
  test('ends with one server and nothing left over when two processes come at once', async () => {
    const dataDir = join(await temporaryDir(0o755), 'not', 'there yet');
    const children = await Promise.all([attachInChild(dataDir), attachInChild(dataDir)]);
    const embedded = await attach(dataDir);
    await countAttached(embedded, 3);
    for (const child of children) child.stdin.end();
    await Promise.all(children.map((child) => once(child, 'exit')));
    await embedded.release();
    expect((await readdir(dataDir)).sort()).toEqual(['postgres', 'postgres-password', 'postgres.log']);
  });

  test('names the parent directory that the server cannot pass as root, and how to mend that', async () => {
    const parent = await temporaryDir();
    const dataDir = join(parent, 'data');
    const outcome = await attach(dataDir).then(() => 'attached', messageOf);
    expect(outcome).toContain(isRoot ? `chmod a+x ${parent} ` : 'attached');
  });

  test('refuses a cluster of another major version', async () => {
    const dataDir = await temporaryDir();
    await mkdir(join(dataDir, 'postgres'));
    await writeFile(join(dataDir, 'postgres', 'PG_VERSION'), '15\n');
    await writeFile(join(dataDir, 'postgres-password'), 'secret');
    await expect(attach(dataDir)).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringMatching(/made by PostgreSQL 15, and this is PostgreSQL 18/),
    });
  });

  test('refuses a directory that holds something else, and a cluster without its password', async () => {
    const dataDir = await temporaryDir();
    await mkdir(join(dataDir, 'postgres'));
    await writeFile(join(dataDir, 'postgres', 'holiday.jpg'), '');
    await expect(attach(dataDir)).rejects.toThrow(/holds no PostgreSQL cluster/);

    await writeFile(join(dataDir, 'postgres', 'PG_VERSION'), '18\n');
    await expect(attach(dataDir)).rejects.toThrow(/password of the database cannot be read/);
  });

  test('says which data directory cannot be used', async () => {
    const file = join(await temporaryDir(), 'file');
    await writeFile(file, '');
    await expect(attach(join(file, 'data'))).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining(`The data directory ${join(file, 'data')} cannot be used: E`),
    });
  });
});
