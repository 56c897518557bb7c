import { setImmediate } from 'node:timers/promises';

/** So long one piece of work may hold up all others. */
const SLICE_MS = 8;

/**
 * Returns what long work calls between its steps: it lets others have their turn, when they have waited. Not after each
 * step, as with many others a turn takes far longer than a step.
 */
export function givingWay(now: () => number = () => performance.now()): () => Promise<void> {
  let since = now();
  return async () => {
    if (now() - since < SLICE_MS) return;
    await setImmediate();
    since = now();
  };
}
