import { readFileSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';

const MEMORY = '/dev/shm';
const ROOM_BYTES = 2 ** 31;

/**
 * Where the databases of tests lie: in memory where there is room, since making and dropping hundreds of them on a disk
 * took a fifth of a run. Else, and where no program may be started, where temporary files lie.
 */
export const SCRATCH_DIR = hasRoomInMemory() ? MEMORY : tmpdir();

function hasRoomInMemory(): boolean {
  try {
    const mounts = readFileSync('/proc/mounts', 'utf8').split('\n');
    const options = mounts.map((line) => line.split(' ')).find(([, place]) => place === MEMORY)?.[3];
    if (options === undefined || options.split(',').some((option) => option === 'noexec' || option === 'ro'))
      return false;
    const { bavail, bsize } = statfsSync(MEMORY);
    return bavail * bsize >= ROOM_BYTES;
  } catch {
    return false;
  }
}
