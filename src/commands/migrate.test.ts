import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../test/database.ts';
import { programs } from '../../test/processes.ts';

const NEWEST = '0010-scores-in-place';

const { run } = programs();

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(async () => {
  await database.drop();
});

const migrate = (direction: string) =>
  run(['migrate', direction], { LOG_LEVEL: 'warn', DATABASE_URL: database.connectionString });

it('takes the newest migration back, says so, and brings it up again', async () => {
  expect(await migrate('down')).toMatchObject({ code: 0, stderr: `down ${NEWEST}\n` });
  const status = await migrate('status');
  expect(status.code).toBe(0);
  const lines = status.stdout.trimEnd().split('\n');
  expect(lines.at(-1)).toBe(`${NEWEST}  not applied`);
  expect(lines[0]).toMatch(/^0001-tutors-and-sessions {2}applied \d{4}-\d\d-\d\dT[\d:.]+Z$/);
  expect(await migrate('up')).toMatchObject({ code: 0, stderr: `up ${NEWEST}\n` });
  expect(await migrate('up')).toMatchObject({ code: 0, stderr: 'Nothing to do.\n' });
});
