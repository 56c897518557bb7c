// A day's load, 3,000 sessions of 100 tutors, posted to the running product: how long until all are accepted, scored
// and mailed? Run by hand: node bench/day.ts
import { Agent, request } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { attachEmbeddedPostgres } from '../src/database/embedded/attach.ts';
import { generate } from '../src/synthetic/generate.ts';
import type { SyntheticSession } from '../src/synthetic/synthetic-data.ts';
import { startSmtpSink } from '../test/mail-servers.ts';
import { eachAtOnce, percentile, startServer } from './server.ts';

const CONNECTIONS = 16;
const SESSIONS = 3000;
const POLL_MS = 20;

const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
const sink = await startSmtpSink();
const server = await startServer({ EMAIL_SERVICE: 'smtp', SMTP_URL: sink.url, ADMIN_EMAIL: 'ops@tutors.example' });
const postgres = await attachEmbeddedPostgres(server.dataDir, () => {});
const sql = new pg.Pool({ connectionString: postgres.connectionString, max: CONNECTIONS });
try {
  // Ended within the last 24 hours, so that each one gets its report, as on the platform's own day.
  const { tutors, sessions } = generate({
    tutors: 100,
    sessions: SESSIONS,
    days: 1,
    seed: 42,
    asOf: new Date(),
    timezone: 'UTC',
  });
  for (const { id, name, email } of tutors) await send('PUT', `/api/tutors/${id}`, { name, email });

  const yardstick = await plainInserts(sessions);
  const day = await post(sessions);
  const rate = (seconds: number) => `${Math.round(SESSIONS / seconds)}/s`;
  print([
    ['accepted', `${day.accepted.toFixed(2)} s`, rate(day.accepted)],
    ['accepted and scored', `${day.scored.toFixed(2)} s`, 'aim: under 3 s'],
    ['mailed', `${day.mailed.toFixed(2)} s`, 'aim: under 15 s'],
    ['POST p50 / p95 / p99', `${day.latencies.map((ms) => ms.toFixed(1)).join(' / ')} ms`, 'aim: p95 under 25 ms'],
    ['the same inserts in plain SQL', `${yardstick.toFixed(2)} s`, rate(yardstick)],
    ['accepted, as a share of plain SQL', (yardstick / day.accepted).toFixed(2), `at ${CONNECTIONS} connections`],
  ]);
} finally {
  agent.destroy();
  await sql.end();
  await postgres.release();
  await server.stop();
  await sink.close();
}

async function post(all: readonly SyntheticSession[]) {
  const latencies: number[] = [];
  const began = performance.now();
  const seconds = () => (performance.now() - began) / 1000;
  const scored = watch('select count(*)::integer as left from tutors_to_rescore', seconds);
  await eachAtOnce(all, CONNECTIONS, async (session) => {
    const sent = performance.now();
    await send('POST', '/api/sessions', session);
    latencies.push(performance.now() - sent);
  });
  const accepted = seconds();
  scored.from(accepted);
  const mailed = watch(
    `select ${SESSIONS} - count(*)::integer as left from email_reports where status = 'sent'`,
    seconds,
  );
  mailed.from(accepted);
  return {
    accepted,
    scored: await scored.reached,
    mailed: await mailed.reached,
    latencies: [0.5, 0.95, 0.99].map((share) => percentile(latencies, share)),
  };
}

/** Asks until nothing is left, from the moment it is told to; gives the time at which that was so. */
function watch(question: string, seconds: () => number) {
  const begun = Promise.withResolvers<number>();
  const reach = async () => {
    await begun.promise;
    for (;;) {
      const { rows } = await sql.query<{ left: number }>(question);
      if (rows[0]?.left === 0) return seconds();
      await wait(POLL_MS);
    }
  };
  return { from: begun.resolve, reached: reach() };
}

/** `fetch` costs the client more than the server needs to answer; a plain agent leaves the cores to the product. */
function send(method: string, path: string, body: object): Promise<void> {
  return new Promise((resolve, reject) => {
    const payload = Buffer.from(JSON.stringify(body));
    const headers = {
      'content-type': 'application/json',
      'content-length': payload.length,
      'x-api-key': server.apiKey,
    };
    const sent = request(server.url + path, { method, agent, headers }, (answer) => {
      answer.resume();
      if ((answer.statusCode ?? 500) < 300) answer.once('end', resolve);
      else reject(new Error(`${method} ${path}: ${answer.statusCode}`));
    });
    sent.once('error', reject);
    sent.end(payload);
  });
}

/** The yardstick: the same rows into tables of the same shape, a transaction each, as any client would write them. */
async function plainInserts(all: readonly SyntheticSession[]): Promise<number> {
  await sql.query('create table plain_sessions (like sessions including all)');
  await sql.query('create table plain_reschedules (like reschedules including all)');
  const began = performance.now();
  await eachAtOnce(all, CONNECTIONS, async (session) => {
    const { session_id, tutor_id, student_id, scheduled_time, completed_time, status, duration_minutes } = session;
    const client = await sql.connect();
    await client.query('begin');
    await client.query(
      `insert into plain_sessions (id, tutor_id, student_id, scheduled_time, reported_time, completed_time, status,
                                   duration_minutes, occurred_at)
       values ($1, $2, $3, $4, $4, $5, $6, $7, $8)`,
      [session_id, tutor_id, student_id, scheduled_time, completed_time, status, duration_minutes, session.occurred_at],
    );
    const move = session.reschedule_info;
    if (move !== undefined) {
      await client.query(
        `insert into plain_reschedules (session_id, tutor_id, initiator, original_time, new_time, reason, reason_code,
                                        cancelled_at, cancelled_at_is_default)
         values ($1, $2, $3, $4, $5, $6, $7, $8, false)`,
        [
          session_id,
          tutor_id,
          move.initiator,
          move.original_time,
          move.new_time,
          move.reason,
          move.reason_code,
          move.cancelled_at,
        ],
      );
    }
    await client.query('commit');
    client.release();
  });
  const seconds = (performance.now() - began) / 1000;
  await sql.query('drop table plain_sessions, plain_reschedules');
  return seconds;
}

function print(rows: string[][]): void {
  const lines = rows.map(([what = '', figure = '', note = '']) => `${what.padEnd(36)}${figure.padEnd(24)}${note}`);
  process.stdout.write(`${lines.join('\n')}\n`);
}
