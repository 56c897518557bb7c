// From the start of the process to its first answer, with a database that is there already, beside the start of Node
// alone: node bench/start.ts [rounds, default 5]
import { execFile } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { promisify } from 'node:util';
import { attachEmbeddedPostgres } from '../src/database/embedded/attach.ts';
import { printRow } from './print.ts';
import { newDataDir, percentile, runCommand, startOn } from './server.ts';

const ROUNDS = Number(process.argv[2] ?? 5);

const dataDir = await newDataDir();
try {
  await runCommand({ dataDir }, ['setup-db', '--init']);
  await runCommand({ dataDir }, ['generate-data', '--tutors', '100', '--sessions', '3000']);
  const [bare, whole, api]: [number[], number[], number[]] = [[], [], []];
  for (let round = 0; round < ROUNDS; round += 1) {
    bare.push(await timed(() => promisify(execFile)(process.execPath, ['--eval', '0'])));
    whole.push(await timed(() => firstAnswer(['start'])));
    // A server that somebody else keeps running, as in production.
    const postgres = await attachEmbeddedPostgres(dataDir, () => {});
    api.push(await timed(() => firstAnswer(['api'])));
    await postgres.release();
  }
  print('start: PostgreSQL, API and worker (aim: under 3 s)', whole, bare);
  print('api: the API alone, PostgreSQL runs', api, bare);
} finally {
  await rm(dataDir, { recursive: true });
}

/** Stopping is not part of the time; it is over before the next round begins. */
async function firstAnswer(args: readonly string[]): Promise<() => Promise<void>> {
  const server = await startOn(dataDir, args);
  const { status } = await fetch(`${server.url}/api/health`);
  if (status !== 200) throw new Error(`${args.join(' ')}: ${status}`);
  return () => server.stop();
}

async function timed(run: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  const after = await run();
  const took = performance.now() - began;
  if (typeof after === 'function') await after();
  return took;
}

function print(what: string, took: readonly number[], bare: readonly number[]): void {
  const middle = percentile(took, 0.5);
  printRow([
    what,
    `middle / worst ${Math.round(middle)} / ${Math.round(Math.max(...took))} ms`,
    `${(middle / percentile(bare, 0.5)).toFixed(1)} times node --eval 0`,
  ]);
}
