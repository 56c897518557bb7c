import { setTimeout as delay } from 'node:timers/promises';

import type { Client } from 'pg';

import { messageOf } from '../../errors.ts';

/** A connection that is kept for the sake of the locks it holds. */
export type Session = {
  /** Ends the keeping and hands the connection over, or `null` when it is lost just now. */
  end(): Promise<Client | null>;
};

const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 30_000;

/**
 * Opens a connection with `open` and opens it anew whenever it is lost, until `end`: a server that crashed and came
 * back knows nothing of the locks that were held. Only the first failure of `open` is thrown.
 */
export async function keepSession(open: () => Promise<Client>, notice: (message: string) => void): Promise<Session> {
  const ending = new AbortController();
  let reopening: Promise<void> = Promise.resolve();
  let current: Client | null = null;

  const hold = (client: Client): void => {
    current = client;
    client.once('end', () => {
      current = null;
      if (ending.signal.aborted) return;
      notice('the connection to PostgreSQL was lost; restoring it');
      reopening = reopen();
    });
  };

  const reopen = async (): Promise<void> => {
    for (let pause = FIRST_PAUSE_MS; !ending.signal.aborted; pause = Math.min(2 * pause, LONGEST_PAUSE_MS)) {
      try {
        hold(await open());
        return;
      } catch (error) {
        notice(messageOf(error));
        await delay(pause, undefined, { signal: ending.signal }).catch(() => undefined);
      }
    }
  };

  hold(await open());
  return {
    async end() {
      ending.abort();
      await reopening;
      return current;
    },
  };
}
