import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../test/database.ts';
import { programs } from '../../test/processes.ts';
import { databaseClock } from '../database/clock.ts';
import { generate } from '../synthetic/generate.ts';
import { loadSynthetic } from '../synthetic/load.ts';

const { run: runProgram } = programs();

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const run = (...args: string[]) =>
  runProgram(['prior', ...args], { LOG_LEVEL: 'warn', DATABASE_URL: database.connectionString });
const rowsOf = (stdout: string) => stdout.trimEnd().split('\n').slice(1);

it('says what a new installation assumes, and that nothing was fitted yet', async () => {
  const { code, stdout, stderr } = await run();
  expect([code, rowsOf(stdout)]).toEqual([0, []]);
  expect(stderr).toContain('too little data to tell how tutors differ');
  expect(stderr).toContain('Nine of ten tutors move 1.5 to 18.3 of 100 sessions, 8.0 on average.');
});

it('fits it to what there is, weighs everybody by it, and keeps the history, newest first', async () => {
  const data = generate({ tutors: 40, sessions: 1200, days: 60, seed: 7, asOf: new Date(), timezone: 'UTC' });
  await loadSynthetic(database.db, databaseClock, data, () => {});
  expect((await run('--refit')).stderr).toContain('Tutors differ.');
  const { stdout } = await run('--refit', '--limit', '5');
  expect(rowsOf(stdout).map((row) => row.trim().split(/\s+/).slice(0, 3).toSpliced(1, 1))).toEqual([
    ['2', 'fitted'],
    ['1', 'fitted'],
  ]);
  expect(rowsOf((await run('--limit', '1')).stdout)).toHaveLength(1);
  const scores = await database.db.selectFrom('tutor_scores').select(['prior_version', 'risk_probability']).execute();
  expect(scores.filter(({ prior_version }) => prior_version === 2)).toHaveLength(40);
});
