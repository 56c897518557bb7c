/** Changes come in bursts; the first is shown at once, the rest of a burst together. */
const BURST_MS = 100;

/**
 * Runs `action` at once when asked; whoever asks while it runs, or shortly after it began, is served by one more run
 * after that. A run is never cut short by the next, so that a slow line gets its answers too.
 */
export function gather(action: () => Promise<unknown>): () => void {
  let isRunning = false;
  let isAsked = false;
  const run = async () => {
    isRunning = true;
    do {
      isAsked = false;
      const pause = new Promise((resolve) => setTimeout(resolve, BURST_MS));
      await Promise.allSettled([action(), pause]);
    } while (isAsked);
    isRunning = false;
  };
  return () => {
    isAsked = true;
    if (!isRunning) void run();
  };
}
