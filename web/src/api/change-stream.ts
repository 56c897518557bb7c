/** What is told of the stream of changes: that it is open, that it is not, that something changed. */
export type ChangeListener = (word: 'open' | 'closed' | 'change') => void;

const NAME = 'tutor-quality-changes';
/** The server speaks every 20 seconds, if only to say that it is there: longer silence is a dead line. */
const SILENCE_MS = 50_000;
const FIRST_RETRY_MS = 3_000;
const LAST_RETRY_MS = 30_000;

/**
 * Watches the server's changes. One tab holds the stream and tells the others of the same browser, which has only six
 * connections for all of them; when it goes, another takes its place. Returns what ends the watching.
 */
export function watchChanges(listener: ChangeListener): () => void {
  const ended = new AbortController();
  const channel = new BroadcastChannel(NAME);
  let last: 'open' | 'closed' = 'closed';
  let isHolder = false;
  const hear: ChangeListener = (word) => {
    if (word !== 'change') last = word;
    listener(word);
  };
  const tell: ChangeListener = (word) => {
    hear(word);
    if (!ended.signal.aborted) channel.postMessage(word);
  };
  channel.addEventListener('message', ({ data }) => {
    if (data !== 'who') hear(data);
    else if (isHolder) channel.postMessage(last);
  });
  channel.postMessage('who');
  const hold = () => {
    isHolder = true;
    return holdStream(tell, ended.signal);
  };
  void whenFirst(ended.signal, hold);
  return () => {
    ended.abort();
    channel.close();
  };
}

/** Runs `hold` once no other tab does. A page that came over plain http has no locks: there each tab holds its own. */
async function whenFirst(signal: AbortSignal, hold: () => Promise<void>): Promise<void> {
  const { locks }: { locks?: LockManager | null } = navigator;
  if (!locks) return hold();
  try {
    await locks.request(NAME, { signal }, hold);
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}

/** Keeps a stream open until `signal`: a line that is cut, refused or silent is opened anew, less and less eagerly. */
function holdStream(tell: ChangeListener, signal: AbortSignal): Promise<void> {
  let source: EventSource | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let retryMs = FIRST_RETRY_MS;
  const inMs = (ms: number, action: () => void) => {
    clearTimeout(timer);
    timer = setTimeout(action, ms);
  };
  const heard = () => inMs(SILENCE_MS, again);
  const again = () => {
    source?.close();
    tell('closed');
    inMs(retryMs, open);
    retryMs = Math.min(2 * retryMs, LAST_RETRY_MS);
  };
  const open = () => {
    source = new EventSource('/api/events');
    source.addEventListener('open', () => {
      retryMs = FIRST_RETRY_MS;
      heard();
      tell('open');
    });
    source.addEventListener('error', again);
    source.addEventListener('alive', heard);
    source.addEventListener('change', () => {
      heard();
      tell('change');
    });
    heard();
  };
  open();
  return new Promise((resolve) => {
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      source?.close();
      resolve();
    });
  });
}
