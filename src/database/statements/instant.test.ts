import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../test/database.ts';
import { asWireInstant } from './instant.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

it.each(['UTC', 'America/New_York', 'Asia/Kolkata'])(
  'writes an instant as its Date would, whatever its fraction and in a session in %s',
  async (timezone) => {
    const time = fc.record({
      ms: fc.integer({ min: Date.UTC(1000, 0, 1), max: Date.UTC(9998, 11, 31) }),
      micros: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 999_999 })),
    });
    const times = fc
      .sample(time, 1000)
      .map(({ ms, micros }) => `${new Date(ms).toISOString().slice(0, 19)}.${String(micros).padStart(6, '0')}Z`);
    const rows = await database.db.transaction().execute(async (tx) => {
      await sql`select set_config('timezone', ${timezone}, true)`.execute(tx);
      const read = await sql<{ date: Date; text: string }>`
        select t as date, ${asWireInstant(sql.ref('t'))} as text from unnest(${times}::timestamptz[]) as t
      `.execute(tx);
      return read.rows;
    });
    expect(rows).toHaveLength(1000);
    expect(rows.map(({ text }) => text)).toEqual(rows.map(({ date }) => date.toISOString()));
  },
);

it('leaves nothing where there is none', async () => {
  const { rows } = await sql`select ${asWireInstant(sql`null::timestamptz`)} as text`.execute(database.db);
  expect(rows).toEqual([{ text: null }]);
});
