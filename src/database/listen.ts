import pg from 'pg';

export type Listening = { close(): Promise<void> };

const RECONNECT_MS = 1_000;

/**
 * Hears what is announced on a channel, over a connection of its own that is opened again whenever it breaks. What is
 * announced while it is broken is lost, so `onMessage` gets an empty message after each reconnection.
 */
export async function listen(
  connectionString: string,
  channel: string,
  onMessage: (message: string) => void,
): Promise<Listening> {
  let isClosed = false;
  let timer: NodeJS.Timeout;
  let client = await open();

  async function open(): Promise<pg.Client> {
    const opened = new pg.Client({ connectionString, keepAlive: true, application_name: 'tutor-quality-listen' });
    opened.on('notification', ({ payload }) => onMessage(payload ?? ''));
    opened.on('error', () => {});
    await opened.connect();
    opened.on('end', reopenLater);
    await opened.query(`listen ${pg.escapeIdentifier(channel)}`);
    return opened;
  }

  function reopenLater(): void {
    if (!isClosed) timer = setTimeout(() => void reopen(), RECONNECT_MS);
  }

  async function reopen(): Promise<void> {
    try {
      client = await open();
      onMessage('');
    } catch {
      reopenLater();
    }
  }

  return {
    close: async () => {
      isClosed = true;
      clearTimeout(timer);
      await client.end();
    },
  };
}
