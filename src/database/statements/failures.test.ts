import { randomUUID } from 'node:crypto';
import { createServer, type Socket } from 'node:net';
import { sql } from 'kysely';
import { Client, Pool } from 'pg';
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../test/database.ts';
import { fillEveryTable, OTHER_TUTOR, TUTOR } from '../../../test/every-table.ts';
import { listenOnLoopback } from '../../../test/ports.ts';
import { AppError } from '../../errors.ts';
import { connect, type Tx } from '../connection.ts';
import { brokenConstraint, failureOf } from './failures.ts';

describe('a failed statement', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await createTestDatabase();
    await fillEveryTable(database.db);
  });
  afterAll(() => database.drop());

  it.each([
    [`update tutors set name = ''`, 'tutors_name_length'],
    [`update tutors set email = 'maria@example.com'`, 'tutors_email_unique'],
    [`insert into tutors_to_rescore (tutor_id) values (gen_random_uuid())`, 'tutors_to_rescore_tutor_id_fkey'],
    [`update tutors set name = null`, null],
  ])('breaks a rule: %s', async (statement, constraint) => {
    const error = await failureFrom(sql.raw(statement).execute(database.db));
    expect(failureOf(error)).toBe('broken_rule');
    expect(brokenConstraint(error)).toBe(constraint);
  });

  it('breaks a rule that is looked at only when the transaction ends', async () => {
    const error = await failureFrom(
      database.db.transaction().execute((tx) => sql`update reschedules set tutor_id = ${OTHER_TUTOR}`.execute(tx)),
    );
    expect([failureOf(error), brokenConstraint(error)]).toEqual(['broken_rule', 'reschedules_of_session']);
  });

  it.each(['select 1 / 0', 'selec', 'select * from nowhere', `select 'x'::uuid`])('is a bug: %s', async (statement) => {
    const error = await failureFrom(sql.raw(statement).execute(database.db));
    expect([failureOf(error), brokenConstraint(error)]).toEqual(['bug', null]);
  });

  it('may be tried again when two transactions wait for each other', async () => {
    const first = await begin();
    const second = await begin();
    await touch(first, TUTOR);
    await touch(second, OTHER_TUTOR);
    const results = await Promise.allSettled([touch(first, OTHER_TUTOR), touch(second, TUTOR)]);
    await Promise.all([first.rollback().execute(), second.rollback().execute()]);
    const errors = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
    expect(errors.map(failureOf)).toEqual(['try_again']);
  });

  it('may be tried again when somebody changed what a serializable transaction read', async () => {
    const first = await begin('serializable');
    const second = await begin('serializable');
    for (const tx of [first, second]) await sql`select count(name) from tutors`.execute(tx);
    await touch(first, TUTOR);
    await touch(second, OTHER_TUTOR);
    await first.commit().execute();
    expect(failureOf(await failureFrom(second.commit().execute()))).toBe('try_again');
    await second.rollback().execute();
  });

  async function begin(level: 'read committed' | 'serializable' = 'read committed') {
    const tx = await database.db.startTransaction().setIsolationLevel(level).execute();
    await sql`set local deadlock_timeout = '10ms'`.execute(tx);
    return tx;
  }

  it('says that the database is gone when its connection is cut while it waits', async () => {
    const { db } = database;
    const holder = await db.startTransaction().execute();
    await sql`lock table sweep_state`.execute(holder);
    const waiting = failureFrom(sql`select from sweep_state`.execute(db));
    await vi.waitFor(async () => {
      const { rows } = await sql`
        select pg_terminate_backend(pid) from pg_stat_activity
         where datname = current_database() and wait_event_type = 'Lock' and query like 'select from sweep_state%'
      `.execute(db);
      expect(rows).toHaveLength(1);
    }, 20_000);
    const error = await waiting;
    await holder.rollback().execute();
    expect([failureOf(error), brokenConstraint(error)]).toEqual(['gone', null]);
  });

  it('says so too when the connection was cut between two statements', async () => {
    const client = new Client({ connectionString: database.connectionString });
    client.on('error', () => {});
    await client.connect();
    const ended = new Promise((resolve) => client.once('end', resolve));
    const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
    await sql`select pg_terminate_backend(${rows[0]?.pid})`.execute(database.db);
    await ended;
    expect(failureOf(await failureFrom(client.query('select 1')))).toBe('gone');
  });

  it('says so when the statement ran out of its time', async () => {
    const db = connect(database.connectionString, { max: 1, statementTimeoutMs: 20 });
    const error = await failureFrom(sql`select pg_sleep(60)`.execute(db));
    await db.destroy();
    expect(failureOf(error)).toBe('bug');
  });

  it('says so when nobody listens at the port, and when there is no socket', async () => {
    const { url, close } = await startServer(() => {});
    await close();
    expect(await failureAt(url)).toBe('gone');
    expect(await failureAt('postgres:///x?host=/nonexistent')).toBe('gone');
  });

  it('says so when the server hangs up on a new connection', async () => {
    const { url, close } = await startServer((socket) => socket.destroy());
    expect(await failureAt(url)).toBe('gone');
    await close();
  });

  it('says so when the server never answers a new connection', async () => {
    const { url, close } = await startServer((socket) => socket.resume());
    const pool = new Pool({ connectionString: url, connectionTimeoutMillis: 10 });
    expect(failureOf(await failureFrom(pool.query('select 1')))).toBe('gone');
    await pool.end();
    await close();
  });

  it('says so when the server has too many connections', async () => {
    const role = `crowd_${randomUUID()}`;
    const url = new URL(database.connectionString);
    url.username = role;
    url.password = 'crowd';
    await sql`create role ${sql.id(role)} login password 'crowd' connection limit 0`.execute(database.db);
    const error = await failureFrom(new Client({ connectionString: url.toString() }).connect());
    await sql`drop role ${sql.id(role)}`.execute(database.db);
    expect(error).toMatchObject({ message: expect.stringContaining('too many connections') });
    expect(failureOf(error)).toBe('gone');
  });

  it('says so when the pool is closed already, or has no connection to give', async () => {
    const pool = new Pool({ connectionString: inject('postgresUrl'), max: 1 });
    const taken = await pool.connect();
    pool.options.connectionTimeoutMillis = 10;
    expect(failureOf(await failureFrom(pool.query('select 1')))).toBe('gone');
    taken.release();
    await pool.end();
    expect(failureOf(await failureFrom(pool.query('select 1')))).toBe('gone');
  });
});

describe('what did not come from the database', () => {
  it.each([
    new Error('no'),
    new TypeError('x is not a function'),
    new AppError('invalid', 'no'),
    'text',
    null,
    undefined,
  ])('is a bug: %s', (error) => {
    expect([failureOf(error), brokenConstraint(error)]).toEqual(['bug', null]);
  });
});

async function failureFrom(attempt: PromiseLike<unknown>): Promise<unknown> {
  try {
    await attempt;
  } catch (error) {
    return error;
  }
  throw new Error('it did not fail');
}

async function failureAt(connectionString: string) {
  const db = connect(connectionString, { max: 1 });
  const error = await failureFrom(sql`select 1`.execute(db));
  await db.destroy();
  return failureOf(error);
}

/** Something on loopback that is no PostgreSQL. */
async function startServer(onConnection: (socket: Socket) => void) {
  const server = createServer(onConnection);
  const port = await listenOnLoopback(server);
  const close = () => new Promise((resolve) => server.close(resolve));
  return { url: `postgres://127.0.0.1:${port}/x`, close };
}

async function touch(tx: Tx, id: string): Promise<void> {
  await sql`update tutors set updated_at = now() where id = ${id}`.execute(tx);
}
