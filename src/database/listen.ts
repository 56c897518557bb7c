import { Client, escapeIdentifier } from 'pg';
import { beat, CONNECTION_SETTINGS, neverSilentFor } from './connection.ts';

export type Listening = { close(): Promise<void> };

const RECONNECT_MS = 1_000;
const CONNECT_MS = 10_000;
/** What is asked here is answered at once; half as often something is asked, or nobody could tell. */
const SILENCE_MS = 20_000;

/**
 * Hears what is announced on a channel, over a connection of its own that is opened again whenever it breaks or has been
 * silent for too long. What is announced while it is broken is lost, so `onMessage` gets an empty message after each
 * reconnection.
 */
export async function listen(
  connectionString: string,
  channel: string,
  onMessage: (message: string) => void,
  silenceMs = SILENCE_MS,
): Promise<Listening> {
  let isClosed = false;
  let timer: NodeJS.Timeout;
  let reopening: Promise<void> = Promise.resolve();
  let client = await open();
  const asking = beat(() => client.query('select 1'), silenceMs / 2);

  async function open(): Promise<Client> {
    const opened = new Client({
      connectionString,
      ...CONNECTION_SETTINGS,
      stream: neverSilentFor(silenceMs),
      connectionTimeoutMillis: CONNECT_MS,
      application_name: 'tutor-quality-listen',
    });
    opened.on('notification', ({ payload }) => onMessage(payload ?? ''));
    opened.on('error', () => {});
    try {
      await opened.connect();
      await opened.query(`listen ${escapeIdentifier(channel)}`);
    } catch (error) {
      await opened.end();
      throw error;
    }
    // Only now: one that fails before is tried again by `reopen` already.
    opened.on('end', reopenLater);
    return opened;
  }

  function reopenLater(): void {
    if (isClosed) return;
    timer = setTimeout(() => {
      reopening = reopen();
    }, RECONNECT_MS);
  }

  async function reopen(): Promise<void> {
    try {
      client = await open();
    } catch {
      reopenLater();
      return;
    }
    if (!isClosed) onMessage('');
  }

  return {
    close: async () => {
      isClosed = true;
      clearTimeout(timer);
      asking.stop();
      await reopening;
      await client.end();
    },
  };
}
