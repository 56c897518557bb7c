import type { IngestOutcome, SessionBody } from '../contract/sessions.ts';
import { AppError } from '../errors.ts';
import type { GroupCommit } from './group-commit.ts';
import type { ReceiptClock } from './receipt-clock.ts';
import { eventOf } from './session-event.ts';

export type IngestDeps = { groupCommit: GroupCommit; receiptClock: ReceiptClock };

/**
 * Takes one session, committed together with whatever else is waiting; returns after the commit.
 *
 * @throws AppError `invalid` with the field and the rule, `unavailable` when the database is gone
 */
export async function ingestOne({ groupCommit, receiptClock }: IngestDeps, body: SessionBody): Promise<IngestOutcome> {
  const read = eventOf(body, receiptClock());
  if ('details' in read) throw new AppError('invalid', 'The body breaks a rule.', read.details);
  const [result] = await groupCommit.ingest([read.event]);
  if (result?.outcome !== undefined) return result.outcome;
  if (result?.details !== undefined) throw new AppError('invalid', 'The body breaks a rule.', result.details);
  throw result?.bug ?? new Error('the group gave no result for an event');
}
