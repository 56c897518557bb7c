// From a session to its score and to the screen, while 200 sessions a second are posted, each at its time whether the
// ones before have their answers or not: node bench/latency.ts [seconds, default 60]
import { setTimeout as wait } from 'node:timers/promises';
import { attachEmbeddedPostgres } from '../src/database/embedded/attach.ts';
import { type Arrivals, arrivals } from './arrivals.ts';
import { tutorId } from './bulk.ts';
import { openConnection, succeed } from './lean-client.ts';
import { printRow } from './print.ts';
import { type BenchServer, percentile, startServer } from './server.ts';
import { makeTutors, postOf, sessionOf } from './sessions.ts';
import { allScored, plainCommits, watchScores, watchScreen } from './watchers.ts';

const SECONDS = Number(process.argv[2] ?? 60);
const A_SECOND = 200;
const CONNECTIONS = 64;
/** As many as a page of the list shows. */
const TUTORS = 100;
const WARM_UP = 5 * A_SECOND;
/** How long after the last POST scores and screen may take, before what is missing is counted. */
const PATIENCE_MS = 10_000;

const server = await startServer({});
const postgres = await attachEmbeddedPostgres(server.dataDir, () => {});
try {
  await makeTutors(server, TUTORS);
  await allScored(postgres.connectionString);
  const [scored, shown] = [arrivals(WARM_UP), arrivals(WARM_UP)];
  const watchers = [await watchScores(postgres.connectionString, scored), await watchScreen(server, TUTORS, shown)];
  const plain = await plainCommits(postgres.connectionString);
  const answered = await postSteadily(server, scored, shown);
  const until = performance.now() + PATIENCE_MS;
  while (scored.missing() + shown.missing() > 0 && performance.now() < until) await wait(20);
  const yardstick = await plain.stop();
  for (const watcher of watchers) await watcher.close();
  const bare = percentile(yardstick, 0.95);
  print('from when a POST was due to its answer', answered.slice(WARM_UP), bare);
  print('from the answer to the score (aim: p95 under 250 ms)', scored.waits, bare);
  print('from when it was due to the screen (aim: p95 under 250 ms)', shown.waits, bare);
  print('a plain insert in SQL meanwhile', yardstick, bare);
  printRow([
    `not there ${PATIENCE_MS / 1000} s after the last`,
    `scores ${scored.missing()}, screen ${shown.missing()}`,
  ]);
} finally {
  await postgres.release();
  await server.stop();
}

async function postSteadily({ url, apiKey }: BenchServer, scored: Arrivals, shown: Arrivals): Promise<number[]> {
  const free = await Promise.all(Array.from({ length: CONNECTIONS }, () => openConnection(url)));
  const latencies: number[] = [];
  const post = async (id: string, due: number) => {
    shown.expect(id, due);
    const connection = free.pop() ?? (await openConnection(url));
    await succeed(connection, postOf(apiKey, sessionOf(id)));
    const now = performance.now();
    latencies.push(now - due);
    scored.expect(id, now);
    free.push(connection);
  };
  const running: Promise<void>[] = [];
  const began = performance.now();
  for (let n = 0; n < SECONDS * A_SECOND; n += 1) {
    const due = began + (n * 1000) / A_SECOND;
    if (due > performance.now()) await wait(due - performance.now());
    running.push(post(tutorId(n % TUTORS), due));
  }
  await Promise.all(running);
  for (const connection of free) connection.close();
  return latencies;
}

function print(what: string, ms: readonly number[], bare: number): void {
  const [p50, p95, p99] = [0.5, 0.95, 0.99].map((share) => percentile(ms, share).toFixed(1));
  const ratio = percentile(ms, 0.95) / bare;
  printRow([what, `p50 / p95 / p99 ${p50} / ${p95} / ${p99} ms`, `p95 ${ratio.toFixed(1)} times the plain insert's`]);
}
