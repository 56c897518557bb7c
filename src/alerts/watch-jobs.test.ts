import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../test/database.ts';
import { connect, type Db } from '../database/connection.ts';
import { expose } from '../metrics/expose.ts';
import { createMetrics } from '../metrics/metrics.ts';
import { forgetOtherJobs, readTroubles } from './queries.ts';
import { watchJobs } from './watch-jobs.ts';

const NOW = new Date('2026-01-15T15:00:00Z');

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const watcher = (db: Db = database.db) => {
  const metrics = createMetrics('worker', 'test');
  return { watch: watchJobs({ db, clock: async () => NOW, metrics }), metrics };
};
const bad = () => Promise.reject(new Error('a bad round'));
const failing = async () => (await readTroubles(database.db, NOW)).map(({ names }) => names);

test('three bad rounds in a row are an alert, whichever process they failed in, until one is good', async () => {
  const [one, other] = [watcher(), watcher()];
  for (const { watch } of [one, other]) await expect(watch('nightly', bad)).rejects.toThrow('a bad round');
  expect(await failing()).toEqual([]);
  await expect(one.watch('nightly', bad)).rejects.toThrow('a bad round');
  expect(await failing()).toEqual([['nightly']]);
  expect(await other.watch('nightly', async () => 'done')).toBe('done');
  expect(await failing()).toEqual([]);
});

test('a good round between bad ones begins the count anew, also right after another good one', async () => {
  const { watch } = watcher();
  const good = async () => {};
  for (const round of [good, bad, bad, good, bad, bad]) await watch('left over', round).catch(() => {});
  expect(await failing()).toEqual([]);
  await watch('left over', bad).catch(() => {});
  expect(await failing()).toEqual([['left over']]);
});

test('a job that is run no more is forgotten, the others are not', async () => {
  const { watch } = watcher();
  for (const job of ['retention', 'nightly'])
    for (const round of [bad, bad, bad]) await watch(job, round).catch(() => {});
  await forgetOtherJobs(database.db, ['nightly', 'left over']);
  expect(await failing()).toEqual([['left over', 'nightly']]);
});

test('rounds are measured, and passed on while the database is gone', async () => {
  const gone = connect('postgres://nobody@127.0.0.1:1/none');
  expect(await watcher(gone).watch('nightly', async () => 1)).toBe(1);
  await expect(watcher(gone).watch('nightly', bad)).rejects.toThrow('a bad round');
  await gone.destroy();

  const { watch, metrics } = watcher();
  await watch('retention', async () => {});
  const failures = 'tq_job_failures_total{job="retention",process="worker"}';
  expect(await expose([await metrics.snapshot()], [])).toContain(`${failures} 0`);
  await watch('retention', bad).catch(() => {});
  const text = await expose([await metrics.snapshot()], []);
  expect(text).toContain(
    `tq_job_last_success_timestamp_seconds{job="retention",process="worker"} ${NOW.getTime() / 1000}`,
  );
  expect(text).toContain(`${failures} 1`);
  expect(text).toContain('tq_job_duration_seconds_count{job="retention",process="worker"} 2');
});
