import { chmod, mkdir, realpath, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

import { findObstacle, letPass, mayRead, pickAccount } from './access.ts';
import { cleanUp, modeOf, temporaryDir } from './test-kit.ts';

cleanUp();

const PASSWD = `root:x:0:0:root:/root:/bin/bash
nobody:x:65534:65533:nobody:/nonexistent:/usr/sbin/nologin
postgres:x:101:104:PostgreSQL administrator,,,:/var/lib/postgresql:/bin/bash
`;
const stranger = { name: 'stranger', uid: 4_000_000, gid: 4_000_001 };

describe('the server account', () => {
  test('is postgres, else nobody, else the usual number of nobody', () => {
    expect(pickAccount(PASSWD)).toEqual({ name: 'postgres', uid: 101, gid: 104 });
    expect(pickAccount(PASSWD.replace('postgres:x', 'somebody:x'))).toEqual({ name: 'nobody', uid: 65534, gid: 65533 });
    expect(pickAccount('')).toEqual({ name: 'nobody', uid: 65534, gid: 65534 });
    expect(pickAccount('nobody:*:-2:-2:Unprivileged User:/var/empty:/usr/bin/false')).toMatchObject({ uid: 65534 });
  });

  test('passes a private data directory after it is let pass, and may still not list it', async () => {
    const dataDir = await temporaryDir();
    expect(await findObstacle(dataDir, stranger)).toBe(dataDir);
    await letPass(dataDir, stranger);
    expect(await findObstacle(dataDir, stranger)).toBe(null);
    expect(await modeOf(dataDir)).toBe(0o701);
    expect(mayRead(await stat(dataDir), stranger)).toBe(false);
  });

  test('is told the topmost directory that stands in its way', async () => {
    const top = await realpath(await temporaryDir());
    await mkdir(join(top, 'a', 'b'), { recursive: true });
    await chmod(join(top, 'a'), 0o700);
    await expect(letPass(join(top, 'a', 'b'), stranger)).rejects.toThrow(`chmod a+x ${top} `);
    await chmod(top, 0o711);
    await expect(letPass(join(top, 'a', 'b'), stranger)).rejects.toThrow(`chmod a+x ${join(top, 'a')} `);
    await chmod(join(top, 'a'), 0o711);
    await letPass(join(top, 'a', 'b'), stranger);
  });

  test('reads a file by the first of owner, group and others that it is', async () => {
    const file = join(await temporaryDir(), 'file');
    await writeFile(file, '');
    await chmod(file, 0o640);
    const { uid, gid, mode } = await stat(file);
    expect(mayRead({ uid, gid, mode }, { ...stranger, uid })).toBe(true);
    expect(mayRead({ uid, gid, mode }, { ...stranger, gid })).toBe(true);
    expect(mayRead({ uid, gid, mode }, stranger)).toBe(false);
  });
});
