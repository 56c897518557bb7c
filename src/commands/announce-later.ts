import type { Logger } from 'pino';
import { announce } from '../database/announce.ts';
import type { Db } from '../database/connection.ts';
import { messageOf } from '../errors.ts';

/** Many mails are sent in a second; a watcher need not hear of each. */
const ANNOUNCE_MS = 250;

/** Tells those who watch that reports changed, for all that change within a moment at once. */
export function announceReportsLater(db: Db, log: Logger) {
  let timer: NodeJS.Timeout | undefined;
  const tell = async () => {
    timer = undefined;
    await announce(db, { reports: 1 }).catch((error) => log.warn({ reason: messageOf(error) }, 'change not announced'));
  };
  return {
    soon: () => {
      timer ??= setTimeout(() => void tell(), ANNOUNCE_MS);
    },
    /** Tells at once what is still to be told. */
    stop: async () => {
      if (timer === undefined) return;
      clearTimeout(timer);
      await tell();
    },
  };
}
