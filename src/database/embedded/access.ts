import { access, chmod, chown, constants, lchown, mkdir, readdir, readFile, realpath, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { AppError, messageOf } from '../../errors.ts';
import { errorCode } from './error-code.ts';

/** The user the server runs as when the app is root: PostgreSQL refuses root. */
export type Account = { name: string; uid: number; gid: number };

/** What `mayPass` reads of a file's status. */
type Ownership = { mode: number; uid: number; gid: number };

/**
 * Makes the data directory if it is missing, as a private one, and returns its real path.
 * Throws `unavailable` when it cannot be made or written to.
 */
export async function openDataDir(dataDir: string): Promise<string> {
  try {
    await mkdir(dirname(dataDir), { recursive: true });
    await mkdir(dataDir, { mode: 0o700 }).catch(unlessExists);
    const path = await realpath(dataDir);
    await readdir(path);
    await access(path, constants.W_OK | constants.X_OK);
    return path;
  } catch (error) {
    const message = `The data directory ${dataDir} cannot be used: ${messageOf(error)}. Set DATA_DIR to a writable one.`;
    throw new AppError('unavailable', message, {}, error);
  }
}

/**
 * `null` when the app's own user runs the server. For root: the owner of the cluster, else `postgres`, else `nobody`.
 * Throws `unavailable` when the cluster belongs to a user whom this process can neither be nor become.
 */
export async function serverAccount(cluster: string): Promise<Account | null> {
  const self = process.getuid?.();
  const owner = await stat(cluster).catch(() => null);
  if (self !== 0) {
    if (owner === null || owner.uid === self) return null;
    const mend = `Run the app as that user or as root, or give it to this user: chown -R ${self} ${dirname(cluster)}`;
    throw new AppError('unavailable', `The cluster in ${cluster} belongs to another user (uid ${owner.uid}). ${mend}`);
  }
  // Keeping the owner leaves a cluster usable that was made without root, or before the machine had a `postgres`.
  if (owner !== null && owner.uid !== 0) return { name: `uid ${owner.uid}`, uid: owner.uid, gid: owner.gid };
  return pickAccount(await readFile('/etc/passwd', 'utf8').catch(() => ''));
}

/** The server's user from the text of `/etc/passwd`: `postgres`, else `nobody`, else the number `nobody` mostly has. */
export function pickAccount(passwd: string): Account {
  const fields = passwd.split('\n').map((line) => line.split(':'));
  for (const wanted of ['postgres', '_postgres', 'nobody']) {
    const entry = fields.find(([name]) => name === wanted);
    const [uid, gid] = [Number(entry?.[2]), Number(entry?.[3])];
    if (uid > 0 && gid > 0) return { name: wanted, uid, gid };
  }
  return { name: 'nobody', uid: 65534, gid: 65534 };
}

/**
 * Lets the account reach a data directory that may be private; only passing is granted, never listing.
 * Throws `unavailable` naming the first parent that the account may not pass.
 */
export async function letPass(dataDir: string, account: Account): Promise<void> {
  const status = await stat(dataDir);
  if (!mayPass(status, account)) await chmod(dataDir, (status.mode & 0o7777) | 0o001);
  const obstacle = await findObstacle(dataDir, account);
  if (obstacle === null) return;
  throw new AppError(
    'unavailable',
    `The database server runs as the user "${account.name}", who may not pass ${obstacle}. ` +
      `Allow it with: chmod a+x ${obstacle} (or set DATA_DIR to another place, or do not run the app as root).`,
  );
}

/** The topmost directory on the way to and including `path` that the account may not pass; `null` when there is none. */
export async function findObstacle(path: string, account: Account): Promise<string | null> {
  const parent = dirname(path);
  const above = parent === path ? null : await findObstacle(parent, account);
  if (above !== null) return above;
  return mayPass(await stat(path), account) ? null : path;
}

/** Whether the account may read a file, as far as the file's own mode says. */
export function mayRead(file: Ownership, account: Account): boolean {
  return mayPass({ ...file, mode: file.mode >> 2 }, account);
}

/** Gives a whole tree to the account; its top last, so that what was broken off is taken up again. */
export async function giveTree(path: string, account: Account): Promise<void> {
  const entries = await readdir(path, { recursive: true });
  for (const entry of entries) await lchown(join(path, entry), account.uid, account.gid);
  await chown(path, account.uid, account.gid);
}

function mayPass({ mode, uid, gid }: Ownership, account: Account): boolean {
  if (uid === account.uid) return (mode & 0o100) !== 0;
  if (gid === account.gid) return (mode & 0o010) !== 0;
  return (mode & 0o001) !== 0;
}

function unlessExists(error: unknown): void {
  if (errorCode(error) !== 'EEXIST') throw error;
}
