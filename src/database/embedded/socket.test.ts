import { chmod, symlink } from 'node:fs/promises';
import { join } from 'node:path';

import { Client } from 'pg';
import { describe, expect, test } from 'vitest';

import { connectionStringFor, socketDirectory } from './socket.ts';
import { cleanUp, modeOf, temporaryDir } from './test-kit.ts';

cleanUp();

const LONG = `/${'d'.repeat(120)}/postgres`;

describe('the directory of the socket', () => {
  test('is the cluster as long as the path of the socket has at most 103 bytes', async () => {
    const rest = 103 - '/.s.PGSQL.5432'.length;
    expect(await socketDirectory('/'.padEnd(rest, 'd'), null)).toHaveLength(rest);
    const base = await temporaryDir();
    expect(await socketDirectory('/'.padEnd(rest + 5, 'd'), null, base)).toContain(base);
    // Bytes, not characters.
    expect(await socketDirectory('/'.padEnd(60, 'ü'), null, base)).toContain(base);
  });

  test('is private, and the same for the same cluster', async () => {
    const base = await temporaryDir();
    const [first, second] = await Promise.all([socketDirectory(LONG, null, base), socketDirectory(LONG, null, base)]);
    expect(second).toBe(first);
    expect(await modeOf(first)).toBe(0o700);
    expect(await socketDirectory(`${LONG}2`, null, base)).not.toBe(first);
  });

  test('is refused when others may write there, or when it leads elsewhere', async () => {
    const base = await temporaryDir();
    const path = await socketDirectory(LONG, null, base);
    await chmod(path, 0o777);
    await expect(socketDirectory(LONG, null, base)).rejects.toThrow('not a private directory');

    const other = await temporaryDir();
    await symlink(path, join(other, path.slice(base.length)));
    await chmod(path, 0o700);
    await expect(socketDirectory(LONG, null, other)).rejects.toThrow('not a private directory');
  });

  test('survives the way through a connection string, whatever stands in it', () => {
    const client = new Client({
      connectionString: connectionStringFor('/a, "b" & c+d/100%/ü', 'p-_A0', 'tutor_quality'),
    });
    expect(client.host).toBe('/a, "b" & c+d/100%/ü');
    expect(client).toMatchObject({
      user: 'tutor_quality',
      password: 'p-_A0',
      database: 'tutor_quality',
      port: 5432,
      ssl: false,
    });
  });
});
