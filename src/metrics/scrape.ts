import type { Db } from '../database/connection.ts';
import type { Signals } from '../queue/signals.ts';
import { expose } from './expose.ts';
import { figuresOf } from './figures.ts';
import type { Metrics, Snapshot } from './metrics.ts';
import { onceASecond } from './once-a-second.ts';
import { readStoredFigures } from './queries.ts';

export type ScrapeDeps = {
  metrics: Metrics;
  /** A connection that only this uses, so that what is slow here holds nobody up. */
  db: Db;
  signals: Pick<Signals, 'counts'>;
  /** The worker that was started beside us; `null` when it does not answer, or there is none. */
  workerMetrics: () => Promise<Snapshot | null>;
};

/** Prometheus waits for 10 s; what is silent by then must not take the rest with it. */
const ANSWER_MS = 3_000;

/** All that is known now as Prometheus reads it, asked for at most once a second. Never fails: what is gone is left out. */
export function openScrape({ metrics, db, signals, workerMetrics }: ScrapeDeps): () => Promise<string> {
  return onceASecond(async () => {
    const [own, worker, stored, queues] = await Promise.all([
      metrics.snapshot(),
      orNull(workerMetrics()),
      orNull(readStoredFigures(db)),
      orNull(signals.counts()),
    ]);
    return expose(worker === null ? [own] : [own, worker], figuresOf({ stored, queues }));
  });
}

async function orNull<Answer>(answer: Promise<Answer | null>): Promise<Answer | null> {
  const { promise: late, resolve } = Promise.withResolvers<null>();
  const timer = setTimeout(() => resolve(null), ANSWER_MS);
  try {
    return await Promise.race([answer.catch(() => null), late]);
  } finally {
    clearTimeout(timer);
  }
}
