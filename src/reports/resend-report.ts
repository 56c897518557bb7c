import type { Actor } from '../audit/actor.ts';
import { record } from '../audit/record-queries.ts';
import type { Clock } from '../database/clock.ts';
import type { Db } from '../database/connection.ts';
import { AppError } from '../errors.ts';
import { makeDueAgain, statusOf } from './send-queries.ts';

/**
 * Puts a report that was sent, or that failed, on its way once more, as a new sending with attempts of its own.
 *
 * @throws AppError `not_found`, or `conflict` when it is still on its way
 */
export async function resendReport(db: Db, clock: Clock, id: string, actor: Actor): Promise<void> {
  const isDue = await db.transaction().execute(async (tx) => {
    const details = { what: 'sent again' };
    if (!(await makeDueAgain(tx, id, await clock(tx)))) return false;
    await record(tx, actor, { action: 'changed', subject: 'report', subjectId: id, details });
    return true;
  });
  if (isDue) return;
  const status = await statusOf(db, id);
  if (status === null) throw new AppError('not_found', 'There is no report with this id.', { id: 'is unknown' });
  throw new AppError('conflict', 'The report is still on its way.', { status });
}
