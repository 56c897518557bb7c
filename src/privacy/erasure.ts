import type { Db, Tx } from '../database/connection.ts';
import { failureOf } from '../database/failures.ts';
import type { Table } from '../database/tables.ts';

/** How many rows of each table went, or lost what names somebody. */
export type Erasure = { [Name in Table]?: number };

const MAX_TRIES = 5;

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

async function tryAgain<Result>(run: () => Promise<Result>): Promise<Result> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await run();
    } catch (error) {
      if (failureOf(error) !== 'try_again' || tries === MAX_TRIES) throw error;
    }
  }
}
