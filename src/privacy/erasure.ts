import type { Db, Tx } from '../database/connection.ts';
import type { Table } from '../database/schema/tables.ts';
import { tryAgain } from '../database/statements/try-again.ts';

/** How many rows of each table went, or lost what names somebody. */
export type Erasure = { [Name in Table]?: number };

/** Erases in one transaction: all of it, or nothing. Comes again if a running app is in the way. */
export async function erase(db: Db, run: (tx: Tx) => Promise<Erasure>): Promise<Erasure> {
  return tryAgain(() => db.transaction().execute(run));
}

/** What `erase` would do, found by doing it and taking it back. */
export async function previewErasure(db: Db, run: (tx: Tx) => Promise<Erasure>): Promise<Erasure> {
  return tryAgain(async () => {
    const tx = await db.startTransaction().execute();
    try {
      return await run(tx);
    } finally {
      await tx.rollback().execute();
    }
  });
}
