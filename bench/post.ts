// POST throughput beside pgbench, which makes the same rows, each a transaction of its own with the same durability, on
// the same server in turns: node bench/post.ts [rounds, default 3]
import { rm } from 'node:fs/promises';
import { attachEmbeddedPostgres } from '../src/database/embedded/attach.ts';
import { drive } from './lean-client.ts';
import { pgbench, type Script } from './pgbench.ts';
import { printRow } from './print.ts';
import { processorSeconds } from './processor.ts';
import { type BenchServer, newDataDir, percentile, runCommand, startOn } from './server.ts';
import { batchOf, HOURS, MOVED, makeTutors, newSession, postOf } from './sessions.ts';

const ROUNDS = Number(process.argv[2] ?? 3);
const CONNECTIONS = [1, 16, 64];
const SECONDS = 3;
const TUTORS = 1000;
const BATCH = 500;

/** The same rows by one prepared statement: session, mark on the work list and, of every fourth, the move, all constraints and indexes on. */
const NUMBERS = `\\set n random(0, ${TUTORS - 1})
\\set hours random(${HOURS.from}, ${HOURS.until})
\\set student random(0, 9999)
`;
const ROW = `
  gen_random_uuid() as id, ('00000000-0000-4000-8000-' || lpad(:n::text, 12, '0'))::uuid as tutor_id,
  's-' || :student::text as student_id, now() - :hours::integer * interval '1 hour' as at`;
const MARK = `
  insert into tutors_to_rescore (tutor_id) select tutor_id from s
      on conflict (tutor_id) do update set mark = excluded.mark, retry_at = null;`;
const SAME_ROWS: Script[] = [
  {
    weight: MOVED - 1,
    sql: `${NUMBERS}
  with r as materialized (select ${ROW}),
  s as (
    insert into sessions (id, tutor_id, student_id, scheduled_time, reported_time, completed_time, status,
                          duration_minutes, occurred_at, reports_decided_at)
    select id, tutor_id, student_id, at, at, at + interval '1 hour', 'completed', 60, now(), now() from r
    returning tutor_id)${MARK}`,
  },
  {
    weight: 1,
    sql: `${NUMBERS}
  with r as materialized (select ${ROW}),
  s as (
    insert into sessions (id, tutor_id, student_id, scheduled_time, reported_time, status, duration_minutes,
                          occurred_at, reschedule_occurred_at, reschedule_heard_at, reports_decided_at)
    select id, tutor_id, student_id, at, at + interval '1 day', 'rescheduled', 60, now(), now(), now(), now() from r
    returning tutor_id),
  m as (
    insert into reschedules (session_id, tutor_id, initiator, original_time, new_time, reason, cancelled_at,
                             cancelled_at_is_default)
    select id, tutor_id, 'tutor', at, at + interval '1 day', 'Personal emergency', at - interval '1 hour', true from r)
  ${MARK}`,
  },
];

for (const [name, args] of [
  ['without a worker', ['api']],
  ['with the worker', ['start', '--empty']],
] as const) {
  const dataDir = await newDataDir();
  await runCommand({ dataDir }, ['setup-db', '--init']);
  const server = await startOn(dataDir, args, { LOG_LEVEL: 'info' });
  const postgres = await attachEmbeddedPostgres(dataDir, () => {});
  try {
    await makeTutors(server, TUTORS);
    for (const connections of CONNECTIONS) await measure(name, server, postgres.connectionString, connections);
  } finally {
    await server.stop();
    await postgres.release();
    await rm(dataDir, { recursive: true });
  }
}

async function measure(name: string, server: BenchServer, connectionString: string, connections: number) {
  const yardsticks: number[] = [];
  const ways = [wayOf('single', 1), wayOf(`batches of ${BATCH}`, BATCH)];
  for (let round = 0; round < ROUNDS; round += 1) {
    const yardstick = await pgbench(connectionString, SAME_ROWS, connections, SECONDS);
    yardsticks.push(yardstick);
    for (const { size, rates, ratios, latencies, client, api } of ways) {
      const before = await processorSeconds(server.pid);
      const driven = await drive(server.url, connections, SECONDS, requests(server.apiKey, size));
      const rate = (driven.latencies.length * size) / driven.seconds;
      rates.push(rate);
      ratios.push(rate / yardstick);
      latencies.push(...driven.latencies);
      client.push(driven.clientSeconds / driven.seconds);
      api.push(((await processorSeconds(server.pid)) - before) / (driven.latencies.length * size));
    }
  }
  for (const { what, rates, ratios, latencies, client, api } of ways) {
    printRow([
      `${name}, ${connections} connections, ${what}`,
      `${Math.round(percentile(rates, 0.5))} sessions/s`,
      `pgbench ${Math.round(percentile(yardsticks, 0.5))}/s`,
      `ratio ${percentile(ratios, 0.5).toFixed(2)}`,
      `p50 / p99 ${percentile(latencies, 0.5).toFixed(1)} / ${percentile(latencies, 0.99).toFixed(1)} ms`,
      `API ${Math.round(1e6 * percentile(api, 0.5))} µs of processor a session`,
      `client ${Math.round(100 * percentile(client, 0.5))} % of a core`,
    ]);
  }
}

type Way = {
  what: string;
  size: number;
  rates: number[];
  ratios: number[];
  latencies: number[];
  client: number[];
  api: number[];
};

function wayOf(what: string, size: number): Way {
  return { what, size, rates: [], ratios: [], latencies: [], client: [], api: [] };
}

function requests(apiKey: string, size: number): () => Buffer {
  return size === 1 ? () => postOf(apiKey, newSession(TUTORS)) : () => batchOf(apiKey, TUTORS, size);
}
