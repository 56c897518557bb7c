import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../test/database.ts';
import { openDatabaseLine } from '../../test/proxy.ts';
import { connect, poolUseOf } from './connection.ts';
import { failureOf } from './statements/failures.ts';

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

  it('reads, counts and locks alike, whatever the database was given as a default', async () => {
    const odd = await createTestDatabase({ empty: true });
    onTestFinished(odd.drop);
    const defaults = {
      datestyle: 'German, DMY',
      timezone: 'America/New_York',
      extra_float_digits: '0',
      default_transaction_isolation: 'serializable',
    };
    for (const [name, value] of Object.entries(defaults))
      await sql`alter database ${sql.id(new URL(odd.connectionString).pathname.slice(1))}
                set ${sql.ref(name)} to ${sql.lit(value)}`.execute(odd.db);
    const db = connect(odd.connectionString, { max: 1 });
    const { rows } = await sql`
      select '2024-01-15T00:00:00+01:00'::timestamptz as instant, '2024-01-15'::date as day, 0.1::float8 + 0.2 as sum,
             '2024-01-15T03:00:00Z'::timestamptz::date as day_of, current_setting('transaction_isolation') as isolation
    `.execute(db);
    await db.destroy();
    const instant = new Date('2024-01-14T23:00:00Z');
    const day = '2024-01-15';
    expect(rows).toEqual([{ instant, day, sum: 0.1 + 0.2, day_of: day, isolation: 'read committed' }]);
  });

  it('is given up when the server is silent for longer than any statement may take, and another one is made', async () => {
    const line = await openDatabaseLine(database.connectionString);
    const db = connect(line.connectionString, { max: 1, statementTimeoutMs: 400 });
    await sql`select 1`.execute(db);
    const gone = line.silence();
    const unanswered = await sql`select 2`.execute(db).catch((error: unknown) => error);
    expect(failureOf(unanswered)).toBe('gone');
    expect((await sql`select 3 as three`.execute(db)).rows).toEqual([{ three: 3 }]);
    await gone;
    await db.destroy();
    await line.cut();
  });

  it('that rests is closed before its rest is taken for a dead line', async () => {
    const lost: Error[] = [];
    const resting = connect(database.connectionString, {
      statementTimeoutMs: 400,
      onIdleError: (error) => lost.push(error),
    });
    onTestFinished(() => resting.destroy());
    await sql`select 1`.execute(resting);
    await vi.waitFor(() => expect(poolUseOf(resting).total).toBe(0), { timeout: 20_000 });
    expect(lost).toEqual([]);
  });

  it('has the server look whether its user is still there', async () => {
    const bounded = connect(database.connectionString, { max: 1, statementTimeoutMs: 400 });
    onTestFinished(() => bounded.destroy());
    const { rows } = await sql`
      select name, reset_val from pg_settings where name like 'tcp%' or name like 'idle_in_transaction_session%' order by name
    `.execute(bounded);
    expect(rows).toEqual([
      { name: 'idle_in_transaction_session_timeout', reset_val: '60000' },
      { name: 'tcp_keepalives_count', reset_val: '3' },
      { name: 'tcp_keepalives_idle', reset_val: '10' },
      { name: 'tcp_keepalives_interval', reset_val: '5' },
      { name: 'tcp_user_timeout', reset_val: '25000' },
    ]);
  });
});
