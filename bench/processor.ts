import { readFile } from 'node:fs/promises';

/** Of a clock tick, in which Linux counts a process's time. */
const TICK_SECONDS = 0.01;

/** Seconds of processor that a process has had, in user and system together; what others take is not in it. */
export async function processorSeconds(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
  // The name, in brackets, may hold anything. The 14th and 15th field of all are the times.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * TICK_SECONDS;
}
