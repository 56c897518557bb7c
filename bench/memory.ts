// Memory of API and worker while ten hours' load and more goes through in minutes, with reads and live watchers beside
// it: node bench/memory.ts [minutes, default 4]. A day's load is 3,000 sessions, so that an hour's is 125.
import { readdir, readFile } from 'node:fs/promises';
import { get } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { tutorId } from './bulk.ts';
import { drive, requestOf } from './lean-client.ts';
import { printRow } from './print.ts';
import { startServer } from './server.ts';
import { batchOf, makeTutors, newSession, postOf } from './sessions.ts';

const MINUTES = Number(process.argv[2] ?? 4);
const SAMPLES = 12;
const TUTORS = 1000;
const WATCHERS = 10;
const POSTING = 8;
const READING = 4;
const BATCH = 100;
const HEAP_MIB = 96;
const AN_HOUR = 125;
const MIB = 1024 * 1024;
const PATHS = ['/api/tutors?limit=50', '/api/overview', '/api/reports?limit=20', `/api/tutors/${tutorId(0)}/history`];

// V8 would let garbage lie while there is memory; within this limit what grows is kept, and who keeps too much dies.
const server = await startServer({ NODE_OPTIONS: `--max-old-space-size=${HEAP_MIB}` });
try {
  await makeTutors(server, TUTORS);
  const worker = await childOf(server.pid);
  const watchers = Array.from({ length: WATCHERS }, () =>
    get(`${server.url}/api/events`, { headers: { 'x-api-key': server.apiKey } }, (stream) => stream.resume()),
  );
  for (const watcher of watchers) watcher.on('error', () => {});
  const seconds = MINUTES * 60;
  let posts = 0;
  let reads = 0;
  const post = () => {
    posts += 1;
    return postOf(server.apiKey, newSession(TUTORS));
  };
  const postBatch = () => {
    posts += BATCH;
    return batchOf(server.apiKey, TUTORS, BATCH);
  };
  const read = () => {
    reads += 1;
    return requestOf('GET', PATHS[reads % PATHS.length] ?? '/', server.apiKey);
  };
  // About 600 sessions and 100 reads a second, so that a faster machine has no more to keep.
  const load = Promise.all([
    drive(server.url, POSTING, seconds, post, 20),
    drive(server.url, 1, seconds, postBatch, 500),
    drive(server.url, READING, seconds, read, 40),
  ]);
  const samples: { minutes: number; api: number; worker: number }[] = [];
  for (let n = 1; n <= SAMPLES; n += 1) {
    await Promise.race([wait((seconds * 1000) / SAMPLES), load]);
    const sample = {
      minutes: (n * MINUTES) / SAMPLES,
      api: await memoryOf(server.pid),
      worker: await memoryOf(worker),
    };
    samples.push(sample);
    printRow([
      `${sample.minutes.toFixed(1)} min, ${posts} sessions (${Math.round(posts / AN_HOUR)} hours' load), ${reads} reads`,
      `API ${sample.api.toFixed(0)} MiB`,
      `worker ${sample.worker.toFixed(0)} MiB`,
    ]);
  }
  await load;
  for (const watcher of watchers) watcher.destroy();
  // The first half is for warming up.
  const settled = samples.slice(SAMPLES / 2);
  for (const name of ['api', 'worker'] as const) {
    const growth = slope(settled.map((sample) => [sample.minutes, sample[name]]));
    printRow([`${name}: growth in the second half (aim: none)`, `${growth.toFixed(1)} MiB a minute`]);
  }
} finally {
  await server.stop();
}

/** Resident memory that is the process's own. */
async function memoryOf(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return (Number(/^RssAnon:\s+(\d+) kB/m.exec(status)?.[1]) * 1024) / MIB;
}

async function childOf(parent: number): Promise<number> {
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
    const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
    if (status.includes(`\nPPid:\t${parent}\n`) && command.includes('worker')) return Number(pid);
  }
  throw new Error('the server has no worker');
}

/** Of the line through these points with the least squares. */
function slope(points: readonly (readonly [number, number])[]): number {
  const [x, y] = [mean(points.map(([at]) => at)), mean(points.map(([, value]) => value))];
  const covariance = points.reduce((sum, [at, value]) => sum + (at - x) * (value - y), 0);
  return covariance / points.reduce((sum, [at]) => sum + (at - x) ** 2, 0);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
