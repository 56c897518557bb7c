/** How often something may be done under a key, in windows that begin with a key's first time. */
export type Limit = { max: number; windowMs: number };
/** How often it was done in the running window, one more than may be when there was no room; when the window ends. */
export type Count = { count: number; endsInMs: number };

export type OwnCounts = {
  /** Counts one, if there is room. */
  take(key: string, limit: Limit): Count;
  /** Takes one back. */
  giveBack(key: string): void;
};

type Window = { count: number; endsAt: number };
/** More keys than that are not kept after their window has ended. */
const TIDY_ABOVE = 10_000;

/** Counts in this process. `now` in milliseconds, from any beginning. */
export function ownCounts(now: () => number): OwnCounts {
  const windows = new Map<string, Window>();
  return {
    take: (key, { max, windowMs }) => {
      const at = now();
      if (windows.size > TIDY_ABOVE) tidy(windows, at);
      const stored = windows.get(key);
      const window = stored === undefined || stored.endsAt <= at ? { count: 0, endsAt: at + windowMs } : stored;
      windows.set(key, window);
      const endsInMs = window.endsAt - at;
      if (window.count >= max) return { count: max + 1, endsInMs };
      window.count += 1;
      return { count: window.count, endsInMs };
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
