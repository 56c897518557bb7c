import pg from 'pg';
import { expect, onTestFinished, test, vi } from 'vitest';
import { collectLog } from '../../test/logs.ts';
import { queueBackends } from '../../test/queues.ts';
import { runWorker } from './run-worker.ts';
import { openSignals } from './signals.ts';

const UNLIMITED = { softMs: 60_000, hardMs: 60_000, onHardLimit: () => {} };

const SILENCE_MS = 1_000;

test('a worker on PostgreSQL lets go of a line that is dead, not of one on which nobody calls, and hears on another', async () => {
  const [backend] = queueBackends(0).filter(({ kind }) => kind === 'postgres');
  const queue = await backend?.open();
  const line = await queue?.openLine();
  if (queue?.location.kind !== 'postgres' || line?.location.kind !== 'postgres') throw new Error('not on PostgreSQL');
  const { connectionString } = queue.location;
  const { log } = collectLog();
  let looks = 0;
  const handlers = { processSessions: async () => void (looks += 1), sendReport: async () => null };
  const worker = runWorker({ ...line.location, silenceMs: SILENCE_MS }, handlers, UNLIMITED, log);
  const signals = openSignals(queue.location, log);
  onTestFinished(async () => {
    await Promise.all([worker.close(), signals.close()]);
    await line.cut();
    await queue.drop();
  });
  signals.sessionsWaiting();
  await vi.waitFor(() => expect(looks).toBe(1), 20_000);
  await vi.waitFor(async () => expect(await listeningFor(connectionString)).toBeGreaterThan(2 * SILENCE_MS), 20_000);
  await line.silence();
  signals.sessionsWaiting();
  await vi.waitFor(() => expect(looks).toBeGreaterThanOrEqual(2), 20_000);
});

/** How long the connection has been open, in milliseconds, on which the worker is told of work; 0 while there is none. */
async function listeningFor(connectionString: string): Promise<number> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  const { rows } = await client.query<{ ms: number }>(`
    select extract(epoch from clock_timestamp() - backend_start)::float8 * 1000 as ms
      from pg_stat_activity where datname = current_database() and application_name = 'process-sessions'`);
  await client.end();
  return rows[0]?.ms ?? 0;
}
