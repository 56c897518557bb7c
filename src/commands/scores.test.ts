import { randomUUID } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../test/database.ts';
import { programs } from '../../test/processes.ts';
import { scoresOf } from '../../test/scores.ts';

const TUTOR = randomUUID();
const AS_OF = '2024-01-20T00:00:00Z';
const SCORE = '2,1,50.00,2,1,50.00,2,1,50.00,true';

const { run: runProgram, newDir } = programs();

let database: TestDatabase;
let folder: string;
let file: string;
beforeAll(async () => {
  database = await createTestDatabase();
  folder = await newDir();
  file = join(folder, 'sessions.csv');
  await writeFile(
    file,
    `session_id,tutor_id,tutor_name,student_id,scheduled_time,status,initiator,new_time
${randomUUID()},${TUTOR},"Lopez, Maria",s-1,2024-01-15T14:00:00Z,no_show,,
${randomUUID()},${TUTOR},"Lopez, Maria",s-1,yesterday,no_show,,
${randomUUID()},${TUTOR},"Lopez, Maria",s-1,2024-01-16T14:00:00+01:00,rescheduled,tutor,2024-01-17T14:00:00Z
`,
  );
});
afterAll(async () => {
  await database.drop();
});

const run = (...args: string[]) => runProgram(args, { LOG_LEVEL: 'warn', DATABASE_URL: database.connectionString });

describe('import', () => {
  it('stores and scores the good rows, and lists the bad ones with line, column and reason', async () => {
    const { code, stdout, stderr } = await run('import', file);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain('2 created, 0 updated, 0 unchanged, 0 stale, 1 bad.');
    expect(stderr).toContain(`The bad rows are listed in ${file}.errors.csv: line, column, reason.`);
    const [head, line, ...rest] = (await readFile(`${file}.errors.csv`, 'utf8')).split(/\r?\n/);
    expect(head).toBe('line,column,reason');
    expect(line).toMatch(/^3,scheduled_time,.+/);
    expect(rest).toEqual(['']);
    // Long ago: in no window of today, and scored all the same.
    expect(await scoresOf(database.db, [TUTOR])).toMatchObject([{ total_sessions_90d: 0, is_high_risk: false }]);
  });

  it('changes nothing when it runs again', async () => {
    const { code, stderr } = await run('import', file, '--errors', join(folder, 'again.csv'));
    expect(code).toBe(1);
    expect(stderr).toContain('0 created, 0 updated, 2 unchanged, 0 stale, 1 bad.');
    expect(await readFile(join(folder, 'again.csv'), 'utf8')).toMatch(/^line,column,reason\r?\n3,scheduled_time,/);
  });

  it('says which file is not there', async () => {
    const { code, stderr } = await run('import', join(folder, 'none.csv'));
    expect(code).toBe(1);
    expect(stderr).toContain(join(folder, 'none.csv'));
    expect(stderr).not.toMatch(/database|^ +at /m);
  });
});

describe('scores', () => {
  it('computes any past day as CSV, with a line a tutor', async () => {
    const { code, stdout, stderr } = await run('scores', '--as-of', AS_OF, '--csv');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const windows = [7, 30, 90].map((d) => `total_sessions_${d}d,tutor_reschedules_${d}d,reschedule_rate_${d}d`);
    expect(stdout.split(/\r?\n/)).toEqual([
      `tutor_id,name,${windows.join(',')},is_high_risk`,
      `${TUTOR},"Lopez, Maria",${SCORE}`,
      '',
    ]);
  });

  it('shows the same to a person', async () => {
    const { code, stdout } = await run('scores', '--as-of', AS_OF);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Lopez, Maria +1 of 2 {2}50\.00 % +1 of 2 {2}50\.00 % +1 of 2 {2}50\.00 % {2}high risk$/m);
  });
});

describe('recalculate', () => {
  it('repairs a score that was changed by hand', async () => {
    const before = await scoresOf(database.db, [TUTOR]);
    await database.db
      .updateTable('tutor_scores')
      .set({ total_sessions_90d: 5, tutor_reschedules_90d: 4 })
      .where('tutor_id', '=', TUTOR)
      .execute();
    const { code, stderr } = await run('recalculate');
    expect(code).toBe(0);
    expect(stderr).toContain('1 tutors counted anew, 1 scores were different.');
    expect(await scoresOf(database.db, [TUTOR])).toEqual(before);
    // The planner knows of it: -1 stands for a table that was never looked at.
    const { rows } = await sql`select reltuples from pg_class where oid = 'tutor_scores'::regclass`.execute(
      database.db,
    );
    expect(rows).toEqual([{ reltuples: 1 }]);
  });
});
