/** Spreads what PostgreSQL announces to everybody who watches. */
export type LiveEvents = {
  /** Returns what ends the watching. */
  subscribe(listener: (change: string) => void): () => void;
  publish(change: string): void;
};

export function liveEvents(): LiveEvents {
  const listeners = new Set<(change: string) => void>();
  return {
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    publish: (change) => {
      for (const listener of listeners) listener(change);
    },
  };
}
