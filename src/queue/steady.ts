import { setTimeout as wait } from 'node:timers/promises';
import type { OpenQueue, OpenWorker } from './backend.ts';

export type Steady<Part> = {
  /** The part as it is now; it may still be waiting for its queue. */
  current: () => Part;
  /** Opens no other part any more; closing the current one is the caller's business. */
  stop: () => void;
};

const REOPEN_MS = 1_000;

/**
 * Opens a part until it reaches its queue. BullMQ remembers for ever that it could not when it began, and a worker
 * then fails so fast that nothing else of the process gets its turn: such a part is replaced.
 *
 * @param failed hears why a part could not begin
 * @param begun hears of the part that has reached its queue, with what tells of `stop`
 */
export function steady<Part extends OpenQueue | OpenWorker>(
  open: () => Part,
  failed: (error: Error) => void,
  begun: (part: Part, stopped: AbortSignal) => void = () => {},
): Steady<Part> {
  const stopping = new AbortController();
  let part = open();

  const begin = async (): Promise<void> => {
    for (;;) {
      const obstacle = await part.waitUntilReady().then(() => null, asError);
      if (stopping.signal.aborted) return;
      if (obstacle === null) return begun(part, stopping.signal);
      failed(obstacle);
      await part.getBackend().close(true);
      await wait(REOPEN_MS, undefined, { signal: stopping.signal }).catch(() => {});
      if (stopping.signal.aborted) return;
      part = open();
    }
  };
  void begin();

  return { current: () => part, stop: () => stopping.abort() };
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
