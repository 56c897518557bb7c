import { access, mkdtemp, open, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { errorCode } from './error-code.ts';

const PREFIX = 'scratch-';

/**
 * Makes the directory `target` as a whole or not at all: `build` makes it inside a scratch directory beside it and
 * returns its path, then it is renamed. Of processes that build it together the first to finish wins.
 */
export async function buildAside(target: string, build: (scratch: string) => Promise<string>): Promise<void> {
  const scratch = await makeScratch(dirname(target));
  try {
    await rename(await build(scratch), target);
    await syncDirectory(dirname(target));
  } catch (error) {
    // The winner may also have cleared our scratch directory from under us.
    if (!(await exists(target))) throw error;
  } finally {
    await remove(scratch);
  }
}

/** A private directory in `dataDir` that is cleared at a later start if this process does not live to do it. */
export async function makeScratch(dataDir: string): Promise<string> {
  return mkdtemp(join(dataDir, `${PREFIX}${process.pid}-`));
}

/** Removes what crashed builds have left; a build that is alive is left alone. */
export async function clearScratch(dataDir: string): Promise<void> {
  const names = await readdir(dataDir);
  const left = names.filter((name) => name.startsWith(PREFIX) && !isRunning(Number(name.split('-')[1])));
  await Promise.all(left.map((name) => remove(join(dataDir, name))));
}

/** Whether the path leads to anything this process may see. */
export async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

/** Whether a process with this id exists, whosever it is. */
export function isRunning(pid: number): boolean {
  if (!Number.isSafeInteger(pid) || pid <= 0) return false;
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return errorCode(error) === 'EPERM';
  }
}

async function remove(path: string): Promise<void> {
  // An orphaned initdb may still be writing: what remains is cleared at a later start.
  await rm(path, { recursive: true, force: true, maxRetries: 3, retryDelay: 100 }).catch(() => undefined);
}

/** A rename survives a power cut only when its directory has been written. */
async function syncDirectory(path: string): Promise<void> {
  const directory = await open(path);
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}
