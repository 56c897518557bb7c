import { createHash } from 'node:crypto';
import { chown, lstat, mkdir } from 'node:fs/promises';
import { join } from 'node:path';

import { AppError } from '../../errors.ts';
import type { Account } from './access.ts';
import { ROLE } from './cluster.ts';

/** The bytes a socket's path may have: 108 on Linux and 104 on macOS, one of them for the end of the string. */
const PATH_LIMIT = process.platform === 'darwin' ? 103 : 107;

/**
 * The directory for the server's socket: the cluster itself, which is private to the server's user.
 * Where that path is too long, a private one below /tmp whose name follows from the cluster's path: TMPDIR differs
 * between the processes of one user, and may be long itself. Throws `unavailable` when somebody else owns it.
 */
export async function socketDirectory(cluster: string, account: Account | null, shortBase = '/tmp'): Promise<string> {
  if (Buffer.byteLength(join(cluster, '.s.PGSQL.5432')) <= PATH_LIMIT) return cluster;
  const self = process.getuid?.() ?? 0;
  const owner = account?.uid ?? self;
  const digest = createHash('sha256').update(cluster).digest('hex').slice(0, 16);
  const short = join(shortBase, `tutor-quality-${owner}-${digest}`);
  await mkdir(short, { mode: 0o700 }).then(
    () => (account === null ? undefined : chown(short, account.uid, account.gid)),
    (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    },
  );
  const status = await lstat(short);
  // Between mkdir and chown a directory made by root is still root's.
  const isOurs = status.isDirectory() && (status.uid === owner || status.uid === self) && (status.mode & 0o077) === 0;
  if (isOurs) return short;
  throw new AppError(
    'unavailable',
    `${short} is not a private directory of this user. Remove it, or shorten DATA_DIR.`,
  );
}

/** For node-postgres and for BullMQ, whatever PGHOST, PGPORT and PGSSLMODE say in the environment. */
export function connectionStringFor(socketDir: string, password: string, database: string): string {
  return `postgres://${ROLE}:${password}@localhost:5432/${database}?host=${encodeURIComponent(socketDir)}&sslmode=disable`;
}
