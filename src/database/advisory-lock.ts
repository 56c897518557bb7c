import { sql } from 'kysely';
import { beat, type Db, type Tx } from './connection.ts';

/** Not so seldom that the connection, on which nothing else is heard, would be taken for dead. */
const BEAT_MS = 10_000;

/**
 * Runs `run` unless another process runs under the same name; returns whether it ran. The lock belongs to a
 * connection, so it goes with a process that is killed.
 */
export async function runAlone(db: Db, name: string, run: () => Promise<void>): Promise<boolean> {
  return db.connection().execute(async (connection) => {
    const { rows } = await sql<{ is_mine: boolean }>`
      select pg_try_advisory_lock(hashtextextended(${name}, 0)) as is_mine
    `.execute(connection);
    if (!rows[0]?.is_mine) return false;
    // One that breaks is noticed when the lock is given back.
    const asking = beat(() => sql`select 1`.execute(connection), BEAT_MS);
    try {
      await run();
      return true;
    } finally {
      asking.stop();
      await sql`select pg_advisory_unlock(hashtextextended(${name}, 0))`.execute(connection);
    }
  });
}

/** Whether no other transaction goes on under the same name; the lock ends with the transaction. */
export async function takeTurn(tx: Tx, name: string): Promise<boolean> {
  const { rows } = await sql<{ is_mine: boolean }>`
    select pg_try_advisory_xact_lock(hashtextextended(${name}, 0)) as is_mine
  `.execute(tx);
  return rows[0]?.is_mine === true;
}

/** Waits until no other transaction goes on under the same name; the lock ends with the transaction. */
export async function waitForTurn(tx: Tx, name: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`.execute(tx);
}
