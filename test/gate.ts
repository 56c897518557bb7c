import { expect, vi } from 'vitest';

export type Gate = {
  pass: () => Promise<void>;
  open: () => void;
  count: () => number;
  arrived: (wanted: number) => Promise<void>;
};

/** Holds whoever passes until it is opened, and counts them. */
export function gate(): Gate {
  const opened = Promise.withResolvers<void>();
  let count = 0;
  return {
    pass: async (): Promise<void> => {
      count += 1;
      await opened.promise;
    },
    open: () => opened.resolve(),
    count: () => count,
    arrived: (wanted: number) => vi.waitFor(() => expect(count).toBeGreaterThanOrEqual(wanted), { timeout: 20_000 }),
  };
}
