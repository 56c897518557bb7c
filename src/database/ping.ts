import { sql } from 'kysely';
import type { Db } from './connection.ts';

const ANSWER_MS = 2_000;

/** Whether the database answers, and answers soon. */
export async function isReachable(db: Db): Promise<boolean> {
  const late = new Promise<false>((resolve) => {
    // Where the process itself was held up for so long, the answer may lie there unread: it is read first.
    setTimeout(() => setImmediate(() => resolve(false)), ANSWER_MS).unref();
  });
  const answer = sql`select 1`.execute(db).then(
    () => true,
    () => false,
  );
  return Promise.race([answer, late]);
}
