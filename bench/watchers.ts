import { get } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { z } from 'zod';
import { CHANGES_CHANNEL } from '../src/database/announce.ts';
import { gather } from '../web/src/api/gather.ts';
import type { Arrivals } from './arrivals.ts';
import { openConnection, requestOf, succeed } from './lean-client.ts';
import type { BenchServer } from './server.ts';

export type Watcher = { close(): Promise<void> };

/** Sees each score when it is committed: reads them all whenever PostgreSQL tells of a change. */
export async function watchScores(connectionString: string, { seen }: Arrivals): Promise<Watcher> {
  const sql = new pg.Client({ connectionString });
  await sql.connect();
  const look = async () => {
    const { rows } = await sql.query<{ tutor_id: string; total_sessions_90d: number }>(
      'select tutor_id, total_sessions_90d from tutor_scores',
    );
    for (const { tutor_id, total_sessions_90d } of rows) seen(tutor_id, total_sessions_90d);
  };
  await look();
  sql.on('notification', () => void look());
  await sql.query(`listen ${CHANGES_CHANNEL}`);
  return { close: () => sql.end() };
}

const shownPage = z.object({ tutors: z.array(z.object({ id: z.string(), total_sessions_90d: z.int() })) });

/** Does as the dashboard: hears of a change, gathers changes as it does, and asks for the page of the list it shows. */
export async function watchScreen({ url, apiKey }: BenchServer, tutors: number, { seen }: Arrivals): Promise<Watcher> {
  const connection = await openConnection(url);
  const page = requestOf('GET', `/api/tutors?limit=${tutors}&sort_by=name`, apiKey);
  const look = async () => {
    const shown = shownPage.parse(JSON.parse(await succeed(connection, page)));
    for (const { id, total_sessions_90d } of shown.tutors) seen(id, total_sessions_90d);
  };
  await look();
  const ask = gather(look);
  const request = get(`${url}/api/events`, { headers: { 'x-api-key': apiKey } });
  request.on('error', () => {});
  const stream = await new Promise<NodeJS.ReadableStream>((resolve) => request.once('response', resolve));
  stream.on('data', (text) => {
    if (String(text).includes('event: change')) ask();
  });
  return {
    close: async () => {
      request.destroy();
      connection.close();
    },
  };
}

/** Until nothing is on its way: what is seen then is counted from. */
export async function allScored(connectionString: string): Promise<void> {
  const sql = new pg.Client({ connectionString });
  await sql.connect();
  const left = async () => (await sql.query('select from tutors_to_rescore limit 1')).rowCount;
  while ((await left()) !== 0) await wait(20);
  await sql.end();
}

/** Milliseconds of one plain insert and its commit, again and again until it is stopped. */
export async function plainCommits(connectionString: string): Promise<{ stop(): Promise<number[]> }> {
  const sql = new pg.Client({ connectionString });
  await sql.connect();
  await sql.query('create table plain_rows (id uuid primary key)');
  const took: number[] = [];
  const timer = setInterval(() => void insert(), 50);
  const insert = async () => {
    const began = performance.now();
    await sql.query('insert into plain_rows values (gen_random_uuid())');
    took.push(performance.now() - began);
  };
  return {
    stop: async () => {
      clearInterval(timer);
      await sql.query('drop table plain_rows');
      await sql.end();
      return took;
    },
  };
}
