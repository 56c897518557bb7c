import { type Actor, wordOf } from '../audit/actor.ts';
import { record } from '../audit/record-queries.ts';
import { announce } from '../database/announce.ts';
import type { Clock } from '../database/clock.ts';
import type { Db } from '../database/connection.ts';
import { tryAgain } from '../database/statements/try-again.ts';
import { rejudgeAll } from '../tutors/rescore.ts';
import { lockThreshold, updateThreshold } from './queries.ts';

/**
 * Stores a threshold and flags everybody by it, in one transaction: nobody is ever judged by two at once. It needs all
 * scores, of which workers hold some now and then for longer than a lock is waited for: then it tries again.
 */
export async function changeThreshold(db: Db, clock: Clock, threshold: number, actor: Actor) {
  const change = () =>
    db.transaction().execute(async (tx) => {
      const now = await clock(tx);
      const from = await lockThreshold(tx);
      const settings = await updateThreshold(tx, threshold, wordOf(actor), now);
      await rejudgeAll(tx, threshold, now);
      await record(tx, actor, { action: 'changed', subject: 'settings', details: { from, to: threshold } });
      await announce(tx, { settings: 1 });
      return settings;
    });
  return tryAgain(change, ['try_again', 'busy']);
}
