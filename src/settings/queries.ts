import type { Db, Tx } from '../database/connection.ts';

/** The one row of settings; `saveFirstSettings` made it. */
export async function getSettings(db: Db) {
  return db.selectFrom('settings').select(['risk_threshold', 'updated_at', 'updated_by']).executeTakeFirstOrThrow();
}

/** Gives a new database its settings from the environment; an old one keeps its own. Returns whether it was new. */
export async function saveFirstSettings(db: Db, risk_threshold: number): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('settings')
    .values({ risk_threshold, updated_by: 'environment' })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirstOrThrow();
  return (numInsertedOrUpdatedRows ?? 0n) > 0n;
}

/** The threshold as it is, which nobody changes until the transaction ends. */
export async function lockThreshold(tx: Tx): Promise<number> {
  const settings = await tx.selectFrom('settings').select('risk_threshold').forUpdate().executeTakeFirstOrThrow();
  return settings.risk_threshold;
}

export async function updateThreshold(db: Db, risk_threshold: number, updated_by: string, now: Date) {
  return db
    .updateTable('settings')
    .set({ risk_threshold, updated_by, updated_at: now })
    .returning(['risk_threshold', 'updated_at', 'updated_by'])
    .executeTakeFirstOrThrow();
}
