import { sql } from 'kysely';
import { expect, vi } from 'vitest';
import type { Db } from '../src/database/connection.ts';

/** Keeps everybody from writing to a table until it is released: whoever tries stands still in mid-transaction. */
export async function holdTable(db: Db, table: string): Promise<{ release(): Promise<void> }> {
  const tx = await db.startTransaction().execute();
  await sql`lock table ${sql.table(table)} in share row exclusive mode`.execute(tx);
  return { release: () => tx.commit().execute() };
}

/** Waits until so many connections to this database stand before a lock; returns the ids of their server processes. */
export async function untilBlocked(db: Db, count = 1): Promise<number[]> {
  return vi.waitFor(
    async () => {
      const { rows } = await sql<{ pid: number }>`
        select pid from pg_stat_activity
         where datname = current_database() and wait_event_type = 'Lock' and wait_event <> 'advisory'
      `.execute(db);
      expect(rows.length).toBeGreaterThanOrEqual(count);
      return rows.map(({ pid }) => pid);
    },
    { timeout: 20_000 },
  );
}
