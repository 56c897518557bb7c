import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmod, chown, link, open, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

import { AppError, messageOf } from '../../errors.ts';
import { type Account, giveTree } from './access.ts';
import type { Binaries } from './binaries.ts';
import { errorCode } from './error-code.ts';
import { buildAside, exists, makeScratch } from './scratch.ts';

/** The role that owns the cluster; the app signs in as it. */
export const ROLE = 'tutor_quality';

/** What the server and initdb see of the environment: a PGPORT or LC_ALL of the user's must not reach them. */
export const SERVER_ENVIRONMENT = { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' };

/**
 * Makes the cluster if there is none, and checks that these binaries can run the one there is.
 * Safe against a crash at any point and against another process that does the same.
 * Throws `unavailable` when the cluster was made by another major version, or is no cluster.
 */
export async function ensureCluster(
  cluster: string,
  passwordFile: string,
  binaries: Binaries,
  account: Account | null,
  options: { durable: boolean; notice: (message: string) => void },
): Promise<void> {
  if (!(await holdsCluster(cluster))) {
    options.notice(`making a PostgreSQL cluster in ${cluster}`);
    const password = await readPassword(passwordFile);
    const build = (scratch: string) => initialize(scratch, password, binaries, account, options.durable);
    await buildAside(cluster, build).catch((error: unknown) => {
      throw new AppError('unavailable', `The PostgreSQL cluster could not be made: ${messageOf(error)}`, {}, error);
    });
  }
  const major = (await readFile(join(cluster, 'PG_VERSION'), 'utf8').catch(explain)).trim();
  if (major !== binaries.major) {
    throw new AppError(
      'unavailable',
      `The cluster in ${cluster} was made by PostgreSQL ${major}, and this is PostgreSQL ${binaries.major}. ` +
        'Dump it with the old version and load the dump into a new DATA_DIR, or set DATABASE_URL to a server that runs.',
    );
  }
  // Restored from a backup by root, for instance: the server would refuse files that are not its own.
  if (account !== null && (await stat(cluster)).uid !== account.uid) await giveTree(cluster, account);
}

/**
 * The password of the role, made at the first start. Throws `unavailable` when the cluster is there without it.
 */
export async function ensurePassword(cluster: string, passwordFile: string): Promise<string> {
  if (!(await exists(passwordFile)) && !(await holdsCluster(cluster))) await makePassword(passwordFile);
  return readPassword(passwordFile);
}

/** Of two processes that make it together, both end with the same one: `link` never replaces a file. */
async function makePassword(passwordFile: string): Promise<void> {
  const scratch = await makeScratch(dirname(passwordFile));
  const draft = join(scratch, 'password');
  const file = await open(draft, 'wx', 0o600);
  try {
    await file.writeFile(randomBytes(24).toString('base64url'));
    await file.sync();
    await link(draft, passwordFile).catch(unlessExists);
  } finally {
    await file.close();
    await rm(scratch, { recursive: true, force: true });
  }
}

async function readPassword(passwordFile: string): Promise<string> {
  try {
    return (await readFile(passwordFile, 'utf8')).trim();
  } catch (error) {
    throw new AppError(
      'unavailable',
      `The password of the database cannot be read: ${messageOf(error)}. Put the file back from the backup of DATA_DIR.`,
      {},
      error,
    );
  }
}

/** Whether there is a cluster. Throws `unavailable` for a directory that holds something else. */
async function holdsCluster(cluster: string): Promise<boolean> {
  if (await exists(join(cluster, 'PG_VERSION'))) return true;
  if (!(await exists(cluster))) return false;
  if ((await readdir(cluster)).length === 0) return false;
  throw new AppError('unavailable', `${cluster} is not empty and holds no PostgreSQL cluster. Move it out of the way.`);
}

async function initialize(
  scratch: string,
  password: string,
  { initdb }: Binaries,
  account: Account | null,
  durable: boolean,
): Promise<string> {
  const cluster = join(scratch, 'cluster');
  const passwordCopy = join(scratch, 'password');
  await writeFile(passwordCopy, password, { mode: 0o600 });
  if (account !== null) {
    await chown(passwordCopy, account.uid, account.gid);
    await chown(scratch, account.uid, account.gid);
  }
  await chmod(scratch, 0o700);
  const args = [
    `--pgdata=${cluster}`,
    `--username=${ROLE}`,
    `--pwfile=${passwordCopy}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    // The builtin provider sorts and folds alike on every machine, whatever locales it has.
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--data-checksums',
    '--set=max_connections=100',
    '--set=timezone=UTC',
    '--set=log_timezone=UTC',
    ...(durable ? [] : ['--no-sync']),
  ];
  const identity = account === null ? {} : { uid: account.uid, gid: account.gid };
  await promisify(execFile)(initdb, args, { ...identity, cwd: '/', env: SERVER_ENVIRONMENT });
  return cluster;
}

function explain(error: unknown): never {
  throw new AppError('unavailable', `The PostgreSQL cluster cannot be read: ${messageOf(error)}`, {}, error);
}

function unlessExists(error: unknown): void {
  if (errorCode(error) !== 'EEXIST') throw error;
}
