import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { createTestDatabase } from '../test/database.ts';
import { createLog } from './log.ts';

it('tells of an error what it was, and not whose row it was about', async () => {
  const { db, drop } = await createTestDatabase();
  const lines: string[] = [];
  const log = createLog('info', { write: (line) => lines.push(line) });
  const insert = sql`insert into tutors (id, name, email, occurred_at) values (gen_random_uuid(), '', 'jane@x.example', now())`;
  await insert.execute(db).catch((error: unknown) => log.error({ err: error }, 'failed'));
  await drop();
  expect(lines).toHaveLength(1);
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({
    err: { code: '23514', constraint: 'tutors_name_length', table: 'tutors' },
  });
  expect(lines[0]).not.toContain('jane');
});
