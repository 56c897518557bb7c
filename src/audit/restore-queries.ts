import type { CopySession } from '../database/backup/copy-session.ts';
import type { Actor } from './actor.ts';

/**
 * Notes a restore in its own transaction, so that no backup comes back without a record. `lost` is how many records stood
 * there before, which went with all else.
 */
export async function recordRestore(
  session: CopySession,
  actor: Actor,
  details: { made_at: string; lost: number },
): Promise<void> {
  await session.query(
    `insert into audit_log (actor_kind, actor_id, action, subject_kind, details)
     values ($1, $2, 'restored', 'database', $3)`,
    [actor.kind, actor.id, details],
  );
}
