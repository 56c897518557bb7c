import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../test/database.ts';
import { programs } from '../../test/processes.ts';

const { run, newDir } = programs();
const DAY_MS = 24 * 60 * 60 * 1000;

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

/** Sixty days of twenty tutors with two sessions a day, one in twelve moved; in the last four days all move all. */
function storm(): string {
  const noon = new Date(`${new Date().toISOString().slice(0, 10)}T12:00:00Z`).getTime();
  const tutors = Array.from({ length: 20 }, () => randomUUID());
  const rows = Array.from({ length: 60 }, (_, index) => 60 - index).flatMap((day) =>
    tutors.flatMap((tutor, index) =>
      [0, 1].map((place) => {
        const time = new Date(noon - day * DAY_MS).toISOString();
        const isMoved = day <= 4 || (day * 2 + place + index) % 12 === 0;
        return `${randomUUID()},${tutor},T ${index},s-1,${time},${isMoved ? 'rescheduled,tutor' : 'no_show,'}`;
      }),
    ),
  );
  return ['session_id,tutor_id,tutor_name,student_id,scheduled_time,status,initiator', ...rows].join('\n');
}

it('flags nobody for days on which all moved: what is usual is learned before anybody is judged', async () => {
  const file = join(await newDir(), 'storm.csv');
  await writeFile(file, storm());
  const env = { LOG_LEVEL: 'warn', DATABASE_URL: database.connectionString };
  expect(await run(['import', file], env)).toMatchObject({ code: 0 });
  const { db } = database;
  const named = await db.selectFrom('marketplace_days').select('day').where('has_common_cause', '=', true).execute();
  expect(named).toHaveLength(4);
  expect(await db.selectFrom('risk_flags').selectAll().execute()).toEqual([]);
  const scores = await db.selectFrom('tutor_scores').select(['total_sessions_90d', 'evidence_sessions']).execute();
  expect(new Set(scores.map((score) => JSON.stringify(score)))).toEqual(
    new Set([JSON.stringify({ total_sessions_90d: 120, evidence_sessions: 112 })]),
  );
});
