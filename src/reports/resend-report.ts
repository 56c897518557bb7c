import type { Clock } from '../database/clock.ts';
import type { Db } from '../database/connection.ts';
import { AppError } from '../errors.ts';

/**
 * Puts a report that was sent, or that failed, on its way once more, as a new sending with attempts of its own.
 *
 * @throws AppError `not_found`, or `conflict` when it is still on its way
 */
export async function resendReport(db: Db, clock: Clock, id: string): Promise<void> {
  const now = await clock(db);
  const put = await db
    .updateTable('email_reports')
    .set((eb) => ({
      status: 'pending',
      send_number: eb('send_number', '+', 1),
      attempts: 0,
      next_attempt_at: now,
      unreachable_since: null,
      sent_at: null,
      error_message: null,
      updated_at: now,
    }))
    .where('id', '=', id)
    .where('status', 'in', ['sent', 'failed'])
    .executeTakeFirst();
  if (put.numUpdatedRows > 0n) return;
  const report = await db.selectFrom('email_reports').select('status').where('id', '=', id).executeTakeFirst();
  if (report === undefined) throw new AppError('not_found', 'There is no report with this id.', { id: 'is unknown' });
  throw new AppError('conflict', 'The report is still on its way.', { status: report.status });
}
