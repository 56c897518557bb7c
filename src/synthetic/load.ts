import { instantOf } from '../contract/instant.ts';
import { analyzeTables } from '../database/analyze-queries.ts';
import type { Clock } from '../database/clock.ts';
import type { Db } from '../database/connection.ts';
import { ingestSessions } from '../sessions/ingest-sessions.ts';
import { receiptClock } from '../sessions/receipt-clock.ts';
import { readSessionEvent } from '../sessions/session-event.ts';
import { insertRoster } from '../tutors/write-queries.ts';
import type { SyntheticData } from './synthetic-data.ts';

const GROUP = 1000;

/**
 * Stores generated tutors and sessions by the way that all sessions go.
 *
 * @param progress hears of the sessions stored so far
 * @throws Error when a generated session breaks a rule of the contract: a fault of the generator
 */
export async function loadSynthetic(
  db: Db,
  clock: Clock,
  { tutors, sessions }: SyntheticData,
  progress: (stored: number) => void,
): Promise<void> {
  await insertRoster(
    db,
    tutors.map(({ id, name, email, is_active, created_at }) => {
      const occurred_at = instantOf(created_at);
      return { id, name, email, is_active, created_at: occurred_at, occurred_at, email_occurred_at: occurred_at };
    }),
  );
  const now = await clock(db);
  const received = receiptClock(() => now);
  for (let start = 0; start < sessions.length; start += GROUP) {
    const events = sessions.slice(start, start + GROUP).map((session) => {
      const read = readSessionEvent(session, received());
      if ('details' in read)
        throw new Error(`generated session ${session.session_id}: ${JSON.stringify(read.details)}`);
      return read.event;
    });
    for (const [index, { details, bug }] of (await ingestSessions(db, events)).entries()) {
      if (bug !== undefined) throw bug;
      if (details) throw new Error(`generated session ${events[index]?.session_id}: ${JSON.stringify(details)}`);
    }
    progress(start + events.length);
  }
  await analyzeTables(db);
}
