/** Counts attempts by key in windows that begin with a key's first attempt. Kept in this process. */
export type AttemptLimit = {
  /** Counts one; returns after how many seconds to come again when there were too many, else `null`. */
  take(key: string): number | null;
  /** Takes one back: it was none of those that are to be limited. */
  giveBack(key: string): void;
};

type Window = { count: number; endsAt: number };
/** More keys than that are not kept after their window has ended. */
const TIDY_ABOVE = 10_000;

/** `now` in milliseconds, from any beginning. */
export function attemptLimit(max: number, windowMs: number, now: () => number): AttemptLimit {
  const windows = new Map<string, Window>();
  return {
    take: (key) => {
      const at = now();
      if (windows.size > TIDY_ABOVE) tidy(windows, at);
      const stored = windows.get(key);
      const window = stored === undefined || stored.endsAt <= at ? { count: 0, endsAt: at + windowMs } : stored;
      windows.set(key, window);
      if (window.count >= max) return Math.ceil((window.endsAt - at) / 1000);
      window.count += 1;
      return null;
    },
    giveBack: (key) => {
      const window = windows.get(key);
      if (window !== undefined) window.count = Math.max(0, window.count - 1);
    },
  };
}

function tidy(windows: Map<string, Window>, at: number): void {
  for (const [key, { endsAt }] of windows) if (endsAt <= at) windows.delete(key);
}
