export type ScoringFirst = {
  scoring: <Result>(run: () => Promise<Result>) => Promise<Result>;
  sending: <Result>(run: () => Promise<Result>) => Promise<Result>;
};

const QUIET_MS = 200;

/**
 * Lets scoring come before mail in one process: while sessions keep arriving, mails are sent one at a time instead of
 * several at once, so that those who post and those who look at scores get the processor.
 */
export function scoringFirst(now: () => number = () => performance.now()): ScoringFirst {
  let quietAt = Number.NEGATIVE_INFINITY;
  let line: Promise<unknown> = Promise.resolve();
  return {
    scoring: async (run) => {
      quietAt = Number.POSITIVE_INFINITY;
      try {
        return await run();
      } finally {
        quietAt = now() + QUIET_MS;
      }
    },
    sending: (run) => {
      if (now() >= quietAt) return run();
      const turn = line.then(run);
      line = turn.catch(() => {});
      return turn;
    },
  };
}
