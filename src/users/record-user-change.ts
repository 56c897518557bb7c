import type { Actor } from '../audit/actor.ts';
import { record } from '../audit/record-queries.ts';
import type { Tx } from '../database/connection.ts';

/** Notes what was done to a user, with the transaction that does it. */
export async function recordUserChange(
  tx: Tx,
  actor: Actor,
  userId: string,
  details: { what: 'added' | 'password' | 'disabled' | 'enabled'; role?: string },
): Promise<void> {
  await record(tx, actor, { action: 'changed', subject: 'user', subjectId: userId, details });
}
