import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../test/database.ts';

describe('a connection', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());

  it.each([
    { name: 'a whole number', written: '9007199254740991::bigint', value: 9_007_199_254_740_991 },
    { name: 'a rate', written: '22.22::numeric(5,2)', value: 22.22 },
    { name: 'a probability', written: '0.1::double precision', value: 0.1 },
    {
      name: 'an instant',
      written: "'2024-01-15T00:00:00+01:00'::timestamptz",
      value: new Date('2024-01-14T23:00:00Z'),
    },
    { name: 'a day as it was written', written: "'2024-01-15'::date", value: '2024-01-15' },
  ])('gives back $name', async ({ written, value }) => {
    const { rows } = await sql`select ${sql.raw(written)} as value`.execute(database.db);
    expect(rows).toEqual([{ value }]);
  });
});
